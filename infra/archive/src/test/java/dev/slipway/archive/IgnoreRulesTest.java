package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
    @ParameterizedTest(name = "{0} excludes {1}: {2}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "*.log, a.log, true",
                "*.log, deep/er/a.log, true",
                "*.log, a.logs, false",
                "/a.log, deep/a.log, false",
                "/a.log, a.log, true",
                "doc/*.txt, doc/a.txt, true",
                "doc/*.txt, doc/b/a.txt, false",
                "doc/*.txt, x/doc/a.txt, false",
                "**/foo, foo, true",
                "**/foo, a/b/foo, true",
                "foo/**, foo/a/b, true",
                "foo/**, foo, false",
                "a/**/b, a/b, true",
                "a/**/b, a/x/y/b, true",
                "a**b, axxb, true",
                "a**b, a/b, false",
                "build/, build, false",
                "fo?, foo, true",
                "fo?, fo/, false",
                "[abc].js, b.js, true",
                "[!abc].js, b.js, false",
                "[a-c].js, b.js, true",
                "[^a].js, /.js, false",
                "\\#x, #x, true",
                "\\!x, !x, true",
                "# comment, # comment, false",
                "a.b, axb, false",
                "(x|y)+, x, false",
                "[unclosed, [unclosed, true",
            })
    void aPatternMeansWhatGitMeans(String pattern, String path, boolean excluded) {
        assertThat(IgnoreRules.ofLines(pattern).excludes(path, false)).isEqualTo(excluded);
    }

    @Test
    void aTrailingSlashMeansFoldersOnly() {
        assertThat(IgnoreRules.ofLines("build/").excludes("build", true)).isTrue();
        assertThat(IgnoreRules.ofLines("build/").excludes("x/build", true)).isTrue();
        assertThat(IgnoreRules.ofLines("/build/").excludes("x/build", true)).isFalse();
    }

    @Test
    void theLastLineThatMatchesDecides() {
        IgnoreRules rules = IgnoreRules.ofLines("*.log", "!keep.log", "sub/keep.log");

        assertThat(rules.excludes("a.log", false)).isTrue();
        assertThat(rules.excludes("keep.log", false)).isFalse();
        assertThat(rules.excludes("sub/keep.log", false)).isTrue();
    }

    @Test
    void spacesAtTheEndDoNotCountUnlessEscaped() {
        assertThat(IgnoreRules.ofLines("a  ").excludes("a", false)).isTrue();
        assertThat(IgnoreRules.ofLines("a\\ ").excludes("a ", false)).isTrue();
        assertThat(IgnoreRules.ofLines("a\r").excludes("a", false)).isTrue();
    }
}

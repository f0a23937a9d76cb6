package dev.slipway.archive;

import static dev.slipway.archive.Archives.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFolderTest {
    @TempDir Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Set<String> packed() throws IOException {
        return Tree.ofFolder(folder).texts().keySet();
    }

    @Test
    void withoutIgnoreFilesEverythingButNodeModulesIsPacked() throws IOException {
        write("index.js", "");
        write(".env", "");
        write("node_modules/x/index.js", "");
        write("sub/node_modules/y.js", "");
        assertThat(packed()).containsExactlyInAnyOrder("index.js", ".env");
    }

    @Test
    void whereGitIsInUseItsRulesApply() throws IOException {
        write("index.js", "");
        write("a.log", "");
        write(".git/HEAD", "");
        write(".gitignore", "*.log\n");
        write("sub/.gitignore", "*.js\n");
        write("sub/b.js", "");
        assertThat(packed()).containsExactlyInAnyOrder("index.js", "sub/b.js");
    }

    @Test
    void gcloudsIgnoreFileAloneCountsWhereThereIsOne() throws IOException {
        write(".gcloudignore", "secret\n");
        write(".gitignore", "*.log\n");
        write("a.log", "");
        write("secret", "");
        assertThat(packed()).containsExactlyInAnyOrder("a.log", ".gcloudignore", ".gitignore");
    }

    @Test
    void gcloudsIgnoreFileIncludesAnother() throws IOException {
        write(".gcloudignore", ".g*\n#!include:.gitignore\n");
        write(".gitignore", "*.log\n");
        write("a.log", "");
        write("index.js", "");
        assertThat(packed()).containsExactly("index.js");
    }

    @Test
    void whatLiesInAnExcludedFolderCannotComeBack() throws IOException {
        write(".gcloudignore", ".gcloudignore\nout\n!out/keep\n");
        write("out/keep", "");
        write("index.js", "");
        assertThat(packed()).containsExactly("index.js");
    }

    @Test
    void linksInsideAreFollowedAndBrokenOnesDropped() throws IOException {
        write("lib/a.js", "a");
        Files.createSymbolicLink(folder.resolve("b.js"), Path.of("lib/a.js"));
        Files.createSymbolicLink(folder.resolve("copy"), Path.of("lib"));
        Files.createSymbolicLink(folder.resolve("broken"), Path.of("nowhere"));
        assertThat(packed()).containsExactlyInAnyOrder("lib/a.js", "b.js", "copy/a.js");
    }

    @Test
    void linksThatLeadOutOrInCirclesAreRefused(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret"), "x");
        write("index.js", "");
        Path link = folder.resolve("link");

        Files.createSymbolicLink(link, outside.resolve("secret"));
        assertThat(refused(SourceFolder.inspect(folder, Limits.DEFAULT)).entry()).isEqualTo("link");

        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("."));
        assertThat(refused(SourceFolder.inspect(folder, Limits.DEFAULT)).rule())
                .isEqualTo(Rule.LINK_OR_SPECIAL);
    }

    @Test
    void anIgnoredLinkIsNotLookedAt(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret"), "x");
        write("index.js", "");
        write(".gcloudignore", ".gcloudignore\nlink\n");
        Files.createSymbolicLink(folder.resolve("link"), outside.resolve("secret"));
        assertThat(packed()).containsExactly("index.js");
    }

    @Test
    void aFolderAndItsArchiveAreTheSameTree(@TempDir Path other) throws IOException {
        write("run.sh", "#!/bin/sh");
        write("lib/a.js", "a");
        Files.setPosixFilePermissions(
                folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Tree tree = Tree.ofFolder(folder);
        Tree dropped = Tree.of(other, tree.tarGz());
        assertThat(dropped.tarGz()).isEqualTo(tree.tarGz());
        assertThat(dropped.digest()).isEqualTo(tree.digest());
        assertThat(SourceFolder.inspect(folder, Limits.DEFAULT))
                .usingRecursiveComparison()
                .isEqualTo(tree.packed().contents());
    }

    @Test
    void anEmptyFolderIsRefused() throws IOException {
        assertThat(refused(SourceFolder.inspect(folder, Limits.DEFAULT)).rule())
                .isEqualTo(Rule.EMPTY);
    }
}

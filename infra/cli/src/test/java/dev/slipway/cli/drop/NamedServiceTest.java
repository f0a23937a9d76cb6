package dev.slipway.cli.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.terminal.Problem;
import dev.slipway.contracts.ServiceName;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedServiceTest {
    @Test
    void keepsAValidBaseNameAndSaysNothing() {
        assertThat(NamedService.nearest("hello-node"))
                .isEqualTo(new NamedService(new ServiceName("hello-node"), null));
    }

    @ParameterizedTest
    @CsvSource({
        "My App, my-app",
        "hello_world, hello-world",
        "Hello.Node.JS, hello-node-js",
        "7-zip, zip",
        "-x-, x",
        "a---b, a-b",
        "Größe, gr-e",
        "0123456789012345678901234567890123456789a, a"
    })
    void takesTheNearestValidNameAndSaysWhatItWas(String baseName, String service) {
        assertThat(NamedService.nearest(baseName))
                .isEqualTo(new NamedService(new ServiceName(service), baseName));
    }

    @Test
    void cutsALongNameSoThatItEndsWithNoDash() {
        NamedService named = NamedService.nearest("a".repeat(48) + "-" + "b".repeat(20));

        assertThat(named.service().value()).isEqualTo("a".repeat(48));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "---", "名前"})
    void tellsTheRuleWhereNothingValidIsNear(String baseName) {
        assertThatThrownBy(() -> NamedService.nearest(baseName))
                .hasMessageContaining("starts with a-z")
                .asInstanceOf(InstanceOfAssertFactories.type(Problem.class))
                .returns(2, Problem::exitCode);
    }

    @Test
    void neverChangesANameThatWasAskedFor() {
        assertThat(NamedService.asked("greeter").service().value()).isEqualTo("greeter");
        assertThatThrownBy(() -> NamedService.asked("Greeter"))
                .hasMessageStartingWith("--service Greeter is no service name");
    }
}

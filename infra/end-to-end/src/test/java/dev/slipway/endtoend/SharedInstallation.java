package dev.slipway.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that disturb nobody the same running installation, stopped after the last one; saves
 * the logs of one that failed.
 */
final class SharedInstallation implements ParameterResolver, AfterTestExecutionCallback {
    private static final Namespace SPACE = Namespace.create(SharedInstallation.class);

    /** Short enough to wait for a service that never listens, long enough for a busy machine. */
    private static final String STARTUP = "--startup-timeout 20s";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Installation.class);
    }

    @Override
    public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(context);
    }

    private static Installation shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .computeIfAbsent("shared", _ -> start(), Installation.class);
    }

    private static Installation start() {
        try {
            Installation installation = new Installation(STARTUP);
            Run up = installation.slipway("up");
            if (up.exit() != 0) {
                Path logs = installation.saveLogs("up");
                installation.close();
                throw new AssertionError(up + "\nlogs: " + logs);
            }
            return installation;
        } catch (IOException e) {
            throw new AssertionError("cannot start an installation", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            String name = context.getRequiredTestClass().getSimpleName();
            System.out.println(
                    "logs of "
                            + context.getDisplayName()
                            + ": "
                            + shared(context)
                                    .saveLogs(
                                            name
                                                    + "-"
                                                    + context.getRequiredTestMethod().getName()));
        }
    }
}

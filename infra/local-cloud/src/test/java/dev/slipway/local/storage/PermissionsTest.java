package dev.slipway.local.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsTest {
    private static final String DROP = "local-project-slipway-drop";
    private static final String LEDGER = "local-project-slipway-ledger";

    @TempDir static Path home;
    private static GivenStorage given;
    private static Storage owner;

    @BeforeAll
    static void start() {
        given = new GivenStorage(home);
        owner = given.client();
        owner.create(BucketInfo.of(DROP));
        owner.create(BucketInfo.of(LEDGER));
        write(owner, DROP, "hello.zip");
        write(owner, DROP, "status/hello.zip.json");
    }

    @AfterAll
    static void stop() {
        given.close();
    }

    private static void write(Storage storage, String bucket, String name) {
        storage.create(BlobInfo.newBuilder(bucket, name).build(), new byte[1]);
    }

    private static void forbidden(ThrowingCallable call) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(call)
                .matches(e -> e.getCode() == 403, "answered 403")
                .withMessageContaining("storage.");
    }

    @Test
    void theUploadWorkerWritesItsAnswersAndNoDrops() {
        Storage upload = given.clientOf("upload");

        write(upload, DROP, "status/new.zip.json");
        write(upload, DROP, "status/new.zip.json");
        assertThat(upload.get(DROP, "hello.zip")).isNotNull();
        forbidden(() -> write(upload, DROP, "new.zip"));
        forbidden(() -> upload.delete(DROP, "hello.zip"));
        assertThat(upload.get(DROP, "none")).isNull();
        assertThat(upload.list(DROP).streamAll().count()).isPositive();
    }

    @Test
    void aPrefixInAGrantIsItsBorder() {
        Storage build = given.clientOf("build");

        assertThat(build.get(DROP, "status/hello.zip.json")).isNotNull();
        forbidden(() -> build.get(DROP, "hello.zip"));
        forbidden(() -> write(build, DROP, "new.zip"));
        write(build, LEDGER, "deployments/a");
        assertThat(build.list(LEDGER).streamAll().count()).isPositive();
    }

    @Test
    void thatAnObjectIsAbsentIsToldOnlyToThoseWhoMayList() {
        given.clientOf("upload").create(BucketInfo.of("run-sources-local-project-us-central1"));
        Storage builder = given.clientOf("builder");

        forbidden(() -> builder.get("run-sources-local-project-us-central1", "none"));
        assertThat(given.clientOf("build").get(DROP, "status/none.json")).isNull();
    }

    @Test
    void replacingNeedsMoreThanCreating() {
        Storage upload = given.clientOf("upload");
        upload.create(BucketInfo.of("run-sources-local-project-europe-west1"));
        write(upload, "run-sources-local-project-europe-west1", "a");
        Storage builder = given.clientOf("builder");

        assertThat(builder.get("run-sources-local-project-europe-west1", "a")).isNotNull();
        forbidden(() -> write(builder, "run-sources-local-project-europe-west1", "b"));
        forbidden(() -> given.clientOf("runtime").get("run-sources-local-project-europe-west1"));
        forbidden(() -> given.clientOf("build").create(BucketInfo.of("other")));
        forbidden(() -> given.clientOf("build").list());
    }

    @Test
    void permissionsAreTestedForTheCaller() {
        List<String> permissions =
                List.of("storage.objects.get", "storage.objects.create", "storage.buckets.delete");

        assertThat(owner.testIamPermissions(DROP, permissions)).containsExactly(true, true, true);
        assertThat(given.clientOf("upload").testIamPermissions(DROP, permissions))
                .containsExactly(true, false, false);
        assertThat(given.clientOf("build").testIamPermissions(LEDGER, permissions))
                .containsExactly(true, true, false);
    }
}

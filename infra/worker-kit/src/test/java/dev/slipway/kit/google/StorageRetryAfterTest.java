package dev.slipway.kit.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.kit.FailureKind;
import dev.slipway.kit.GatewayException;
import dev.slipway.kit.GivenConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The workers' client of Cloud Storage, and a server that says when to come again. */
@SuppressWarnings("NullAway.Init") // set before each test
class StorageRetryAfterTest {
    private static final BlobId OBJECT = BlobId.of("bucket", "object");
    private static final BlobInfo INFO = BlobInfo.newBuilder(OBJECT).build();
    private static final byte[] CONTENT = {1, 2, 3};

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Storage storage;

    /** What is asked. */
    enum Call {
        GET {
            @Override
            void on(Storage storage) {
                storage.get(OBJECT);
            }
        },
        LIST {
            @Override
            void on(Storage storage) {
                storage.list("bucket");
            }
        },
        DOWNLOAD {
            @Override
            void on(Storage storage) {
                storage.downloadTo(OBJECT, OutputStream.nullOutputStream());
            }
        },
        UPLOAD {
            @Override
            void on(Storage storage) {
                storage.create(INFO, CONTENT, Storage.BlobTargetOption.doesNotExist());
            }
        },
        UPLOAD_IN_PARTS {
            @Override
            void on(Storage storage) throws IOException {
                storage.createFrom(
                        INFO,
                        new ByteArrayInputStream(CONTENT),
                        Storage.BlobWriteOption.doesNotExist());
            }
        };

        abstract void on(Storage storage) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        storage = new GoogleAccess(GivenConfig.of("upload").at(here)).storage();
    }

    @AfterEach
    void stop() throws Exception {
        storage.close();
        server.stop(0);
    }

    /** Sessions for uploads in parts begin; whatever else is asked has to come again later. */
    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST") && query.contains("resumable")) {
            exchange.getResponseHeaders()
                    .set("Location", storage.getOptions().getHost() + "/session?upload_id=u");
            exchange.sendResponseHeaders(200, -1);
        } else {
            asked.add(exchange.getRequestMethod());
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(503, -1);
        }
        exchange.close();
    }

    @ParameterizedTest
    @EnumSource
    void isToldAndNotOverrun(Call call) {
        ThrowingCallable made = () -> call.on(storage);

        StorageException failure = catchThrowableOfType(StorageException.class, made);

        GatewayException told = GoogleFailures.of("ask for the object", failure);
        assertThat(told.kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(told.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(asked).hasSize(1);
    }
}

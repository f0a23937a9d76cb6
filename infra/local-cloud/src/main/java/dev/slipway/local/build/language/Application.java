package dev.slipway.local.build.language;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an image is made of.
 *
 * @param layers the one that changes least comes first
 * @param entrypoint relative to {@link #DIRECTORY}
 */
public record Application(
        List<Layer> layers,
        List<String> entrypoint,
        Map<String, String> environment,
        Map<String, String> labels) {
    /** Where the application lies in the image. */
    public static final String DIRECTORY = "/workspace";

    /** Copies the collections. */
    public Application {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }

    /** One layer, its files in the order of their paths. */
    public record Layer(String name, List<File> files) {
        /** Copies the files. */
        public Layer {
            files = List.copyOf(files);
        }
    }

    /**
     * One file.
     *
     * @param from where it is now
     * @param path below {@link #DIRECTORY}, segments joined by slashes
     */
    public record File(Path from, String path, boolean executable) {}
}

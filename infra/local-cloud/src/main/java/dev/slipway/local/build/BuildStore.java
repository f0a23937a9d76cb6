package dev.slipway.local.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.run.v2.SubmitBuildRequest;
import com.google.cloudbuild.v1.Build;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.slipway.local.State;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * All builds, newest first within a location, found by id and by tag without looking at the others.
 * A build whose state was changed and not announced yet is known over a restart.
 */
final class BuildStore {
    private static final byte[] NOTHING = {};

    private final State state;
    private final MVMap<String, byte[]> builds;
    private final MVMap<String, byte[]> keys;
    private final MVMap<String, byte[]> tags;
    private final MVMap<String, byte[]> requests;
    private final MVMap<String, byte[]> unfinished;
    private final MVMap<String, byte[]> unannounced;

    BuildStore(State state) {
        this.state = state;
        this.builds = state.map("cloudbuild.builds");
        this.keys = state.map("cloudbuild.keys");
        this.tags = state.map("cloudbuild.tags");
        this.requests = state.map("cloudbuild.requests");
        this.unfinished = state.map("cloudbuild.unfinished");
        this.unannounced = state.map("cloudbuild.unannounced");
    }

    /** Some builds and, where there are more, the key to go on after. */
    record Page(List<Build> builds, Optional<String> next) {}

    /** Keeps a new build durably. */
    synchronized void add(String location, Build build, SubmitBuildRequest request) {
        String key = key(location, build);
        requests.put(build.getId(), request.toByteArray());
        builds.put(key, build.toByteArray());
        keys.put(build.getId(), key.getBytes(UTF_8));
        build.getTagsList().forEach(tag -> tags.put(tagged(tag, key), NOTHING));
        unfinished.put(build.getId(), NOTHING);
        unannounced.put(build.getId(), NOTHING);
        state.flush();
    }

    /** By id alone: ids are unique over all locations. */
    Optional<Build> find(String id) {
        byte[] key = keys.get(id);
        return key == null ? Optional.empty() : read(text(key));
    }

    Optional<Build> find(BuildName name) {
        byte[] key = keys.get(name.id());
        return key == null || !text(key).startsWith(name.location() + "/")
                ? Optional.empty()
                : read(text(key));
    }

    SubmitBuildRequest request(String id) {
        try {
            byte[] request = requests.get(id);
            return request == null
                    ? SubmitBuildRequest.getDefaultInstance()
                    : SubmitBuildRequest.parseFrom(request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the kept request of build " + id + " is damaged", e);
        }
    }

    /**
     * Changes a build, one at a time.
     *
     * @param change empty leaves it as it is
     * @return the changed build, durable; empty where nothing changed
     */
    synchronized Optional<Build> change(String id, Function<Build, Optional<Build>> change) {
        byte[] key = keys.get(id);
        if (key == null) {
            return Optional.empty();
        }
        Optional<Build> changed = read(text(key)).flatMap(change);
        changed.ifPresent(build -> replace(text(key), build));
        return changed;
    }

    private void replace(String key, Build build) {
        unannounced.put(build.getId(), NOTHING);
        builds.put(key, build.toByteArray());
        if (Statuses.isFinal(build.getStatus())) {
            unfinished.remove(build.getId());
        }
        state.flush();
    }

    /** Every build that has not ended, oldest first. */
    List<Build> unfinished() {
        return builds(unfinished);
    }

    /** Builds whose last change may not have been told to anybody. */
    List<Build> unannounced() {
        return builds(unannounced);
    }

    /** Forgets that a build is to be announced, unless it has changed since. */
    synchronized void announced(Build build) {
        if (find(build.getId())
                .map(Build::getStatus)
                .filter(build.getStatus()::equals)
                .isPresent()) {
            unannounced.remove(build.getId());
        }
    }

    long unfinished(String location) {
        String prefix = location + "/";
        return unfinished.keyList().stream()
                .map(keys::get)
                .filter(key -> key != null && text(key).startsWith(prefix))
                .count();
    }

    /**
     * Lists a location, newest first.
     *
     * @param tag one that all builds of the list have; null looks at every build
     * @param after where the page before ended
     */
    Page list(
            String location,
            @Nullable String tag,
            Predicate<Build> wanted,
            Optional<String> after,
            int most) {
        String prefix = location + "/";
        MVMap<String, byte[]> index = tag == null ? builds : tags;
        String start = tag == null ? prefix : tagged(tag, prefix);
        int skip = start.length() - prefix.length();
        List<Build> found = new ArrayList<>();
        String last = "";
        Iterator<String> all =
                index.keyIterator(after.map(key -> start.substring(0, skip) + key).orElse(start));
        while (all.hasNext()) {
            String entry = all.next();
            if (!entry.startsWith(start)) {
                break;
            }
            String key = entry.substring(skip);
            Optional<Build> build =
                    after.filter(key::equals).isPresent() ? Optional.empty() : read(key);
            if (build.filter(wanted).isPresent()) {
                if (found.size() == most) {
                    return new Page(found, Optional.of(last));
                }
                found.add(build.get());
                last = key;
            }
        }
        return new Page(found, Optional.empty());
    }

    private List<Build> builds(MVMap<String, byte[]> ids) {
        return ids.keyList().stream()
                .flatMap(id -> find(id).stream())
                .sorted((a, b) -> Timestamps.compare(a.getCreateTime(), b.getCreateTime()))
                .toList();
    }

    private Optional<Build> read(String key) {
        try {
            byte[] build = builds.get(key);
            return build == null ? Optional.empty() : Optional.of(Build.parseFrom(build));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the kept build " + key + " is damaged", e);
        }
    }

    /** Later builds sort first. */
    private static String key(String location, Build build) {
        long nanos = Timestamps.toNanos(build.getCreateTime());
        return "%s/%019d-%s".formatted(location, Long.MAX_VALUE - nanos, build.getId());
    }

    /** No tag has a space. */
    private static String tagged(String tag, String key) {
        return tag + " " + key;
    }

    private static String text(byte[] key) {
        return new String(key, UTF_8);
    }
}

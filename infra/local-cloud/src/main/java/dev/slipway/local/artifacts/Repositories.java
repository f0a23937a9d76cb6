package dev.slipway.local.artifacts;

import com.google.devtools.artifactregistry.v1.Repository;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;

/** The repositories by name, {@code projects/P/locations/L/repositories/R}. */
final class Repositories {
    private final MVMap<String, byte[]> repositories;

    Repositories(MVMap<String, byte[]> repositories) {
        this.repositories = repositories;
    }

    Optional<Repository> find(String name) {
        return Optional.ofNullable(repositories.get(name)).map(Repositories::read);
    }

    /** False where one of this name is there already. */
    boolean create(Repository repository) {
        return repositories.putIfAbsent(repository.getName(), repository.toByteArray()) == null;
    }

    /** The repositories of a location after this one, in the order of their names. */
    List<Repository> of(String parent, String after, int most) {
        String prefix = parent + "/repositories/";
        List<Repository> found = new ArrayList<>();
        Iterator<String> keys = repositories.keyIterator(after.isEmpty() ? prefix : after);
        while (keys.hasNext() && found.size() < most) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            byte[] value = repositories.get(key);
            if (!key.equals(after) && value != null) {
                found.add(read(value));
            }
        }
        return found;
    }

    private static Repository read(byte[] bytes) {
        try {
            return Repository.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored repository does not parse", e);
        }
    }
}

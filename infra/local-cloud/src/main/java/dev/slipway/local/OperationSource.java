package dev.slipway.local;

import com.google.longrunning.Operation;
import com.google.protobuf.Descriptors.Descriptor;
import java.util.List;
import java.util.Optional;

/** An API whose calls answer with long-running operations. */
public interface OperationSource {
    /** The operation of this name as it is now; empty where it is not one of this API's. */
    Optional<Operation> find(String name);

    /** The messages that stand in its operations' metadata and responses, for answers in JSON. */
    default List<Descriptor> types() {
        return List.of();
    }
}

package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.Service;

/** Takes apart the names that this API itself made. */
final class Names {
    private Names() {}

    static ServiceName service(Service service) {
        String[] path = service.getName().split("/", -1);
        return new ServiceName(path[1], path[3], path[5]);
    }

    static RevisionName revision(Revision revision) {
        String[] path = revision.getName().split("/", -1);
        return new ServiceName(path[1], path[3], path[5]).revision(path[7]);
    }
}

package dev.slipway.local.run;

import com.google.cloud.run.v2.Revision;
import com.google.cloud.run.v2.RevisionTemplate;
import com.google.cloud.run.v2.Service;
import com.google.protobuf.Timestamp;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes revisions of templates. */
final class Revisions {
    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz";

    private Revisions() {}

    /** The name that Cloud Run chooses: {@code SERVICE-00007-kfj}. */
    static String newId(ServiceName service, long generation) {
        StringBuilder id = new StringBuilder("%s-%05d-".formatted(service.id(), generation));
        for (int i = 0; i < 3; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return id.toString();
    }

    static Revision of(
            RevisionName name,
            RevisionTemplate template,
            Service service,
            String creator,
            Timestamp now) {
        return Revision.newBuilder()
                .setName(name.full())
                .setUid(UUID.randomUUID().toString())
                .setGeneration(1)
                .putAllLabels(template.getLabelsMap())
                .putAllAnnotations(template.getAnnotationsMap())
                .setCreateTime(now)
                .setUpdateTime(now)
                .setCreator(creator)
                .setLaunchStage(service.getLaunchStage())
                .setService(name.service().id())
                .setScaling(template.getScaling())
                .setMaxInstanceRequestConcurrency(template.getMaxInstanceRequestConcurrency())
                .setTimeout(template.getTimeout())
                .setServiceAccount(template.getServiceAccount())
                .addAllContainers(template.getContainersList())
                .setExecutionEnvironment(template.getExecutionEnvironment())
                .setSessionAffinity(template.getSessionAffinity())
                .setReconciling(true)
                .addAllConditions(Verdict.undecided(now))
                .build();
    }
}

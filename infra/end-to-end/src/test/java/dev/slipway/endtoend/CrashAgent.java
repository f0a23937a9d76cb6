package dev.slipway.endtoend;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Goes into a worker's process with {@code -javaagent} and has {@link CrashPoint} called before and
 * after each effect, so that the workers themselves know nothing of it.
 */
final class CrashAgent implements ClassFileTransformer {
    /** What changes something outside, by the class that talks to Google. */
    static final Map<String, List<String>> EFFECTS =
            Map.of(
                    "dev/slipway/ledger/google/CloudStorageObjectStore",
                    List.of("create", "swap", "delete"),
                    "dev/slipway/kit/google/PubSubOutbox",
                    List.of("publish"),
                    "dev/slipway/upload/google/CloudStorageStaging",
                    List.of("stage"),
                    "dev/slipway/build/google/CloudBuilds",
                    List.of("submit", "cancel"),
                    "dev/slipway/build/google/ArtifactRegistry",
                    List.of("ensure"),
                    "dev/slipway/deploy/google/CloudRunServices",
                    List.of("create", "deploy", "route", "mark", "delete"),
                    "dev/slipway/deploy/google/EventarcTriggers",
                    List.of("create", "adjust", "delete"),
                    "dev/slipway/kit/google/Receiver",
                    List.of("receive"));

    private static final ClassDesc POINT = ClassDesc.of("dev.slipway.endtoend.CrashPoint");
    private static final MethodTypeDesc NAMED =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_Object);

    /** What the virtual machine calls before the worker's own {@code main}. */
    public static void premain(String folder, Instrumentation machine) {
        CrashPoint.noteIn(Path.of(folder));
        machine.addTransformer(new CrashAgent());
    }

    /** Writes it as a jar that {@code -javaagent} takes. */
    static Path jar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(new Attributes.Name("Premain-Class"), CrashAgent.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> part : List.of(CrashAgent.class, Around.class, CrashPoint.class)) {
                String entry = part.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (var bytes = part.getClassLoader().getResourceAsStream(entry)) {
                    bytes.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null || loader == null || !EFFECTS.containsKey(name)) {
            return null;
        }
        try {
            ClassFile file =
                    ClassFile.of(
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)));
            return file.transformClass(file.parse(bytes), effectsOf(name));
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace(); // the virtual machine would say nothing
            throw e;
        }
    }

    private static ClassTransform effectsOf(String name) {
        String type = name.substring(name.lastIndexOf('/') + 1);
        return (builder, element) -> {
            if (element instanceof MethodModel method && isEffect(name, method)) {
                String effect = type + "." + method.methodName().stringValue();
                CodeTransform points =
                        type.equals("Receiver") ? CrashAgent::aroundAck : new Around(effect);
                builder.transformMethod(method, MethodTransform.transformingCode(points));
            } else {
                builder.with(element);
            }
        };
    }

    private static boolean isEffect(String name, MethodModel method) {
        boolean open = method.flags().has(AccessFlag.PUBLIC) || name.endsWith("/Receiver");
        return open
                && !method.flags().has(AccessFlag.SYNTHETIC)
                && EFFECTS.getOrDefault(name, List.of())
                        .contains(method.methodName().stringValue());
    }

    private static void aroundAck(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeInstruction call && call.name().equalsString("ack")) {
            reached(code, "before Receiver.ack");
            code.with(element);
            reached(code, "after Receiver.ack");
        } else {
            code.with(element);
        }
    }

    /** The first argument says what it is about. */
    private static void reached(CodeBuilder code, String what) {
        code.loadConstant(what).aload(1).invokestatic(POINT, "reached", NAMED);
    }

    /** Puts the calls at a method's beginning and before it returns. */
    private record Around(String effect) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            reached(code, "before " + effect);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                reached(code, "after " + effect);
            }
            code.with(element);
        }
    }
}

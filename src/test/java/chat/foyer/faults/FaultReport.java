package chat.foyer.faults;

import chat.foyer.testing.Processors;
import chat.foyer.testing.ServerProcess.Kind;
import com.sun.management.OperatingSystemMXBean;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Hands a {@link Row} to every test of the fault suite and writes down what became of it. */
public final class FaultReport implements ParameterResolver, InvocationInterceptor {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FaultReport.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Row.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return row(test);
    }

    private static Row row(ExtensionContext test) {
        return test.getStore(NAMESPACE).getOrComputeIfAbsent("row", key -> new Row(), Row.class);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        long start = System.nanoTime();
        Processors before = Processors.now();
        String result = "pass";
        String reason = "";
        try {
            test.proceed();
            row(context).conclude();
        } catch (TestAbortedException e) {
            result = "skipped";
            reason = e.getMessage().replaceFirst("^Assumption failed: ", "");
            throw e;
        } catch (Throwable e) {
            result = "FAIL";
            reason = String.valueOf(e.getMessage()).strip();
            throw e;
        } finally {
            Breaks about = context.getRequiredTestMethod().getAnnotation(Breaks.class);
            JsonObjectBuilder json = Json.createObjectBuilder(
                            row(context).toJson().build())
                    .add("row", about.row())
                    .add("server", Kind.current().name().toLowerCase(Locale.ROOT))
                    .add("name", System.getProperty("foyer.test.server-name"))
                    .add("machine", machine())
                    .add("others", Processors.now().othersSince(before))
                    .add("fault", about.fault())
                    .add("expected", about.expected())
                    .add("result", result)
                    .add("reason", reason)
                    .add("seconds", (System.nanoTime() - start) / 1_000_000_000)
                    .add("at", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString())
                    .add("test", context.getRequiredTestClass().getSimpleName());
            JsonObject done = json.build();
            System.out.println("FAULT " + done);
            FaultPage.add(done);
        }
    }

    private static String machine() {
        long memory = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize() >> 30;
        return "%d processors, %d GiB, %s %s, Java %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        memory,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"));
    }
}

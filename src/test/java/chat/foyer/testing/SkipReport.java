package chat.foyer.testing;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Ends a test run that left something out with one loud block; JUnit finds it through {@code META-INF/services}. */
public final class SkipReport implements TestExecutionListener {
    private final Map<String, Integer> skipped = new TreeMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            note(result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    private synchronized void note(String reason) {
        skipped.merge(reason.replaceFirst("^Assumption failed: ", ""), 1, Integer::sum);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (skipped.isEmpty()) {
            return;
        }
        String line = "#".repeat(100);
        System.out.println("\n" + line + "\n#  NOT EVERYTHING WAS TESTED");
        skipped.forEach((reason, times) -> System.out.println("#  " + times + " skipped: " + reason));
        System.out.println(line + "\n");
    }
}

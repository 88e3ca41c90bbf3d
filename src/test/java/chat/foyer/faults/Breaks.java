package chat.foyer.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A row of the fault matrix: a test that breaks something under load, judges what came of it, and reports. */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Breaks {
    /** Its place in the report. */
    int row();

    /** What is broken. */
    String fault();

    /** What is promised. */
    String expected();
}

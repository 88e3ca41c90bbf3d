package chat.foyer.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ThrottledLogTest {

    @Test
    void what_a_stranger_wrote_stays_on_its_line() {
        assertThat(ThrottledLog.oneLine("a\r\nINFO: forged\u001B[31m\u202Eevil\u2028x\uD800"))
                .isEqualTo("a??INFO: forged?[31m?evil?x?");
        assertThat(ThrottledLog.oneLine("x".repeat(1_000))).hasSize(200);
        assertThat(ThrottledLog.oneLine("кухня 😀")).isEqualTo("кухня 😀");
    }

    @Test
    void a_flood_is_one_line() {
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger("throttled");
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(record.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing to release
            }
        });
        ThrottledLog log = new ThrottledLog(LoggerFactory.getLogger("throttled"), 3_600);
        for (int i = 0; i < 1_000; i++) {
            assertThat(log.warn("trouble {}", i)).isEqualTo(i == 0);
        }
        assertThat(lines).containsExactly("trouble 0");
    }
}

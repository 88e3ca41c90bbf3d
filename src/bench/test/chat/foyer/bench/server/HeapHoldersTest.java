package chat.foyer.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapHoldersTest {
    private static final String HISTOGRAM = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:        194722       16777216  [B (java.base@17.0.15)
               2:        109876        4000000  java.util.HashMap$Node (java.base@17.0.15)
               3:          5000         800000  org.glassfish.tyrus.core.TyrusSession
               4:          5000         400000  chat.foyer.group.Outbox
               5:          5000          20000  [Lchat.foyer.group.Outbox;
               6:          2500          10000  [[I (java.base@17.0.15)
               7:           100           5000  org.jboss.weld.Bean
               8:           100           3000  org.h2.Page
            Total        322298       22015216
            """;

    @Test
    void objects_belong_to_whose_classes_they_are_of() {
        Map<String, Long> held = HeapHolders.read(HISTOGRAM);

        assertThat(held)
                .containsEntry("Foyer", 420_000L)
                .containsEntry("Tyrus", 800_000L)
                .containsEntry("the rest of the server", 5_000L)
                .containsEntry("the JDK", 4_000_000L)
                .containsEntry("arrays of bytes and numbers", 16_787_216L)
                .containsEntry("anything else", 3_000L);
    }

    @Test
    void nothing_is_left_out() {
        assertThat(HeapHolders.read(HISTOGRAM).values().stream()
                        .mapToLong(bytes -> bytes)
                        .sum())
                .isEqualTo(22_015_216);
    }
}

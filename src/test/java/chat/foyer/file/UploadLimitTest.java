package chat.foyer.file;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.config.Limit;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

/** Files are no larger than what the server lets in. */
class UploadLimitTest {
    private static final Limit OFF = Limit.parse("off");
    private static final Limit CONFIGURED = Limit.parse("52428800");

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    /** As WildFly tells of a listener. */
    public interface ListenerMBean {
        long getmaxPostSize();
    }

    private void has(String kind, String name, long mostBytes) throws Exception {
        ListenerMBean listener = () -> mostBytes;
        server.registerMBean(
                new StandardMBean(listener, ListenerMBean.class),
                new ObjectName("jboss.as:subsystem=undertow,server=default-server," + kind + "=" + name));
    }

    @Test
    void the_strictest_listener_decides_where_it_lets_less_in_than_is_configured() throws Exception {
        has("http-listener", "default", 60_000_000);
        has("https-listener", "https", 10_485_760);
        has("host", "default-host", 1);
        assertThat(UploadLimit.within(server, CONFIGURED)).isEqualTo(Limit.parse("10485760"));
        assertThat(UploadLimit.within(server, OFF)).isEqualTo(Limit.parse("10485760"));
        assertThat(UploadLimit.within(server, Limit.parse("1000"))).isEqualTo(Limit.parse("1000"));
    }

    @Test
    void what_is_unbounded_or_large_enough_changes_nothing() throws Exception {
        has("http-listener", "default", 60_000_000);
        has("https-listener", "https", 0);
        assertThat(UploadLimit.within(server, CONFIGURED)).isEqualTo(CONFIGURED);
    }

    @Test
    void other_servers_have_no_such_listeners() {
        assertThat(UploadLimit.within(ManagementFactory.getPlatformMBeanServer(), CONFIGURED))
                .isEqualTo(CONFIGURED);
    }
}

package chat.foyer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContenderTest {

    @Test
    void are_named_by_their_ids() {
        assertThat(Contender.named("payara, socket-io"))
                .containsExactlyInAnyOrder(Contender.PAYARA, Contender.SOCKET_IO);
        assertThat(Contender.named("all")).containsExactly(Contender.values());
    }

    @Test
    void peers_are_all_but_foyer() {
        assertThat(Contender.named("wildfly,peers")).doesNotContain(Contender.PAYARA);
        assertThat(Contender.named("peers")).contains(Contender.DJANGO, Contender.NETTY, Contender.CHANNELS_REDIS);
    }

    @Test
    void one_that_is_not_there_is_answered_with_those_that_are() {
        assertThatThrownBy(() -> Contender.named("tomcat")).hasMessageContaining("payara,wildfly,ws,socket-io,django");
    }
}

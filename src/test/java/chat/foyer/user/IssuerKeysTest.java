package chat.foyer.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private static final ECKey OLD = key("old");
    private static final ECKey NEW = key("new");

    private long now = -5; // a system clock may stand anywhere
    private int asked;
    private JWKSet published = new JWKSet(OLD);
    private final IssuerKeys keys = new IssuerKeys(this::answer, () -> now);

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWKSet answer() throws IOException {
        asked++;
        if (published == null) {
            throw new IOException("away");
        }
        return published;
    }

    private List<?> named(String id) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void the_issuer_is_asked_once_for_many_tokens() throws KeySourceException {
        for (int i = 0; i < 10; i++) {
            assertThat(named("old")).hasSize(1);
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void a_new_key_is_found_within_a_minute_and_unknown_ones_have_the_issuer_asked_no_more_often()
            throws KeySourceException {
        named("old");
        published = new JWKSet(List.of(OLD, NEW));
        for (int i = 0; i < 10; i++) {
            assertThat(named("new")).isEmpty();
        }
        assertThat(asked).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThat(named("new")).hasSize(1);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_key_that_was_taken_back_counts_no_longer_than_a_quarter_of_an_hour() throws KeySourceException {
        named("old");
        published = new JWKSet(NEW);
        pass(Duration.ofMinutes(14));
        assertThat(named("old")).hasSize(1);
        pass(Duration.ofMinutes(1));
        assertThat(named("old")).isEmpty();
    }

    @Test
    void while_the_issuer_is_away_its_keys_count_for_an_hour() throws KeySourceException {
        named("old");
        published = null;
        pass(Duration.ofMinutes(59));
        assertThat(named("old")).hasSize(1);
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> named("old")).isInstanceOf(KeySourceException.class);
        published = new JWKSet(OLD);
        pass(Duration.ofMinutes(1));
        assertThat(named("old")).hasSize(1);
    }

    @Test
    void an_issuer_that_was_never_reached_is_asked_once_a_minute() {
        published = null;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> named("old")).isInstanceOf(KeySourceException.class);
        }
        assertThat(asked).isEqualTo(1);
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> named("old")).isInstanceOf(KeySourceException.class);
        assertThat(asked).isEqualTo(2);
    }
}

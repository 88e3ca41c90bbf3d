package chat.foyer.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompanyTest {
    private static final long NOW = Long.MAX_VALUE - 7; // clocks may pass there

    private final Company company = new Company();

    @Test
    void a_node_that_has_heard_nobody_is_alone() {
        assertThat(company.isThere()).isFalse();
        company.listening(NOW);
        assertThat(company.isThere()).isFalse();
    }

    @Test
    void who_is_heard_is_there_until_not_heard_for_a_minute() {
        company.heard(NOW);
        company.listening(NOW + Company.REMEMBERED_NANOS - 1);
        assertThat(company.isThere()).isTrue();
        company.listening(NOW + Company.REMEMBERED_NANOS);
        assertThat(company.isThere()).isFalse();
        company.heard(NOW + 2 * Company.REMEMBERED_NANOS);
        assertThat(company.isThere()).isTrue();
    }

    @Test
    void who_was_there_when_the_bus_went_still_is_however_long_it_is_away() {
        company.heard(NOW);
        company.listening(NOW + 1);
        assertThat(company.isThere())
                .as("nobody listens, so nobody says that a minute has passed")
                .isTrue();
        company.listening(NOW + 100 * Company.REMEMBERED_NANOS);
        assertThat(company.isThere()).as("the bus is back, and nobody is heard").isFalse();
    }
}

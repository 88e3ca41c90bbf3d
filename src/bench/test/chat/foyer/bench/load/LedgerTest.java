package chat.foyer.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int FIRST_SENDER = 10;
    private final Ledger ledger = new Ledger(FIRST_SENDER, 2);
    private final int[] posted = new int[12];

    @Test
    void everything_once_and_in_order_is_clean() {
        see(1, 2, 3);
        ledger.saw(11, 1);
        posted[10] = 3;
        posted[11] = 1;

        expect(0, 0, 0);
    }

    @Test
    void one_that_was_left_out_is_missing() {
        see(1, 3, 4);
        posted[10] = 4;

        expect(1, 0, 0);
    }

    @Test
    void the_last_ones_are_missing_when_they_do_not_come() {
        see(1, 2);
        posted[10] = 5;
        posted[11] = 7;

        expect(3 + 7, 0, 0);
    }

    @Test
    void one_that_comes_again_is_a_duplicate() {
        see(1, 2, 2, 3, 1);
        posted[10] = 3;

        expect(0, 2, 0);
    }

    @Test
    void two_that_change_places_are_out_of_order_and_neither_missing_nor_doubled() {
        see(1, 3, 2, 4);
        posted[10] = 4;

        expect(0, 0, 1);
    }

    @Test
    void a_message_of_another_room_is_noticed() {
        ledger.saw(9, 1);
        ledger.saw(12, 1);

        assertThat(ledger.foreign()).isEqualTo(2);
    }

    private void see(int... numbers) {
        for (int number : numbers) {
            ledger.saw(FIRST_SENDER, number);
        }
    }

    private void expect(long missing, long duplicates, long outOfOrder) {
        assertThat(ledger.missing(posted)).as("missing").isEqualTo(missing);
        assertThat(ledger.duplicates()).as("duplicates").isEqualTo(duplicates);
        assertThat(ledger.outOfOrder()).as("out of order").isEqualTo(outOfOrder);
    }
}

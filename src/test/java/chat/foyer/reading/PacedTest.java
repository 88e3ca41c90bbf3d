package chat.foyer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PacedTest {
    private final Paced<String, Long> paced = new Paced<>(1_000, Math::max);

    @Test
    void the_first_request_is_due_at_once_and_the_next_after_the_interval() {
        paced.add("a", 1L);
        assertThat(paced.takeDue(0)).containsOnlyKeys("a");
        paced.add("a", 2L);
        assertThat(paced.takeDue(999)).isEmpty();
        assertThat(paced.takeDue(1_000)).containsEntry("a", 2L);
        assertThat(paced.takeDue(5_000)).isEmpty();
    }

    @Test
    void requests_of_one_key_are_merged_in_whatever_order_they_come() {
        paced.add("a", 7L);
        paced.add("a", 5L);
        assertThat(paced.takeDue(0)).containsEntry("a", 7L);
    }

    @Test
    void one_key_does_not_hold_up_another() {
        paced.add("a", 1L);
        paced.takeDue(0);
        paced.add("a", 2L);
        paced.add("b", 1L);
        assertThat(paced.takeDue(10)).containsOnlyKeys("b");
        assertThat(paced.contains("a")).isTrue();
        assertThat(paced.takeAll()).containsOnlyKeys("a");
        assertThat(paced.size()).isZero();
    }

    @Test
    void what_could_not_be_done_is_kept_beside_what_came_since() {
        paced.add("a", 3L);
        var failed = paced.takeDue(0);
        paced.add("a", 2L);
        paced.putBack(failed);
        assertThat(paced.takeDue(1_000)).containsEntry("a", 3L);
    }

    @Test
    void what_could_not_be_done_comes_before_what_was_asked_for_since() {
        Paced<String, Mark> marks = new Paced<>(1_000, Mark::and);
        marks.add("a", new Mark(9, false));
        var failed = marks.takeDue(0);
        marks.add("a", new Mark(4, false, true));
        marks.putBack(failed);
        assertThat(marks.takeDue(1_000)).containsEntry("a", new Mark(4, false, true));
    }

    @Test
    void what_was_done_unasked_counts_and_what_is_asked_for_is_not_idle() {
        assertThat(paced.idle(Set.of("a", "b"), 0)).containsExactlyInAnyOrder("a", "b");
        paced.done("a", 0);
        paced.add("b", 1L);
        assertThat(paced.idle(Set.of("a", "b", "c"), 999)).containsOnly("c");
        paced.add("a", 1L);
        assertThat(paced.takeDue(999)).containsOnlyKeys("b");
        assertThat(paced.takeDue(1_000)).containsOnlyKeys("a");
        assertThat(paced.idle(Set.of("a"), 2_000)).containsOnly("a");
    }
}

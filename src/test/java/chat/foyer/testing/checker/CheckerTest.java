package chat.foyer.testing.checker;

import static org.assertj.core.api.Assertions.assertThat;

import chat.foyer.testing.checker.ClientLog.Answer;
import chat.foyer.testing.checker.ClientLog.Said;
import chat.foyer.testing.checker.ClientLog.Visit;
import chat.foyer.testing.checker.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the checker finds, one broken promise at a time, and that it finds nothing where all were kept. */
class CheckerTest {
    private final List<Entry> database = new ArrayList<>(
            LongStream.rangeClosed(1, 6).mapToObj(CheckerTest::entry).toList());

    /** Ana says the messages with odd numbers, Bo those with even ones. */
    private static Entry entry(long number) {
        return new Entry(number, number, "id" + number, number % 2 == 1 ? "ana" : "bo", "ref" + number, "text");
    }

    private static List<Entry> entries(long... numbers) {
        return LongStream.of(numbers).mapToObj(CheckerTest::entry).toList();
    }

    private static Visit visit(long after, long... numbers) {
        return new Visit(after, OptionalLong.empty(), entries(numbers));
    }

    private static ClientLog listener(Visit... visits) {
        return new ClientLog("listener", "cy", List.of(), List.of(), List.of(visits));
    }

    private static ClientLog ana(Answer... answers) {
        List<Said> said = List.of(new Said("ref1", "text"), new Said("ref3", "text"));
        return new ClientLog("ana", "ana", said, List.of(answers), List.of());
    }

    private static Answer answer(long number) {
        return new Answer("ref" + number, "id" + number, number);
    }

    private Map<Kind, List<String>> found(ClientLog... clients) {
        return Checker.judge(List.of(clients), database).found();
    }

    @Test
    void kept_promises_are_found_in_order() {
        Verdict verdict = Checker.judge(
                List.of(
                        ana(answer(1), answer(3), answer(1)),
                        listener(visit(0, 1, 2, 3), visit(3, 4, 5, 6)),
                        listener(visit(2, 3, 4, 5, 6))),
                database);
        assertThat(verdict.found()).isEmpty();
        assertThat(verdict.clean()).isTrue();
        assertThat(verdict.acknowledged()).isEqualTo(2);
        assertThat(verdict.stored()).isEqualTo(6);
        assertThat(verdict.seen()).isEqualTo(10);
    }

    @Test
    void what_was_acknowledged_and_is_not_in_the_database_is_lost() {
        database.remove(2);
        assertThat(found(ana(answer(1), answer(3)))).containsOnlyKeys(Kind.LOST);
    }

    @Test
    void what_was_acknowledged_under_another_number_is_lost() {
        assertThat(found(ana(answer(1), new Answer("ref3", "id3", 4)))).containsOnlyKeys(Kind.LOST);
        assertThat(found(ana(answer(1), new Answer("ref3", "id5", 5)))).containsOnlyKeys(Kind.LOST);
    }

    @Test
    void one_ref_stored_twice_is_a_duplicate() {
        database.add(new Entry(7, 7, "id7", "ana", "ref3", "text"));
        assertThat(found()).containsOnlyKeys(Kind.DUPLICATE);
    }

    @Test
    void the_same_ref_of_two_authors_is_none() {
        database.add(new Entry(7, 7, "id7", "bo", "ref3", "text"));
        assertThat(found()).isEmpty();
    }

    @Test
    void two_different_answers_to_one_ref_are_a_duplicate() {
        database.add(new Entry(7, 7, "id7", "ana", "ref3", "text"));
        assertThat(found(ana(answer(1), answer(3), new Answer("ref3", "id7", 7)))
                        .get(Kind.DUPLICATE))
                .hasSize(2);
    }

    @Test
    void the_same_number_twice_on_a_connection_is_a_duplicate() {
        assertThat(found(listener(visit(0, 1, 2, 3, 3, 4, 5, 6)))).containsOnlyKeys(Kind.DUPLICATE);
        assertThat(found(listener(visit(0, 1, 2, 3, 4, 5, 2, 6)))).containsOnlyKeys(Kind.DUPLICATE);
    }

    @Test
    void what_a_client_knew_when_it_came_back_is_not_told_again() {
        assertThat(found(listener(visit(0, 1, 2, 3), visit(3, 3, 4, 5, 6)))).containsOnlyKeys(Kind.DUPLICATE);
    }

    @Test
    void a_lower_number_after_a_higher_one_is_disorder() {
        assertThat(found(listener(visit(0, 1, 2, 4, 3, 5, 6)))).containsOnlyKeys(Kind.DISORDER);
    }

    @Test
    void a_number_twice_in_the_database_is_disorder() {
        database.add(new Entry(6, 6, "id7", "cy", "ref7", "text"));
        assertThat(found()).containsOnlyKeys(Kind.DISORDER);
    }

    @Test
    void what_was_shown_and_is_not_in_the_database_is_a_phantom() {
        assertThat(found(listener(visit(0, 1, 2, 3, 4, 5, 6, 7)))).containsOnlyKeys(Kind.PHANTOM);
    }

    @Test
    void what_was_shown_with_another_text_author_or_place_is_a_phantom() {
        for (Entry wrong : List.of(
                new Entry(6, 6, "id6", "bo", "ref6", "other"),
                new Entry(6, 6, "id6", "ana", "ref6", "text"),
                new Entry(5, 6, "id6", "bo", "ref6", "text"))) {
            List<Entry> seen = new ArrayList<>(entries(1, 2, 3, 4, 5));
            seen.add(wrong);
            assertThat(found(listener(new Visit(0, OptionalLong.empty(), seen))))
                    .containsOnlyKeys(Kind.PHANTOM);
        }
    }

    @Test
    void a_message_that_was_edited_later_was_no_phantom_before() {
        database.set(1, new Entry(2, 7, "id2", "bo", "ref2", "edited"));
        Visit live = visit(0, 1, 2, 3, 4, 5, 6);
        List<Entry> seen = new ArrayList<>(live.seen());
        seen.add(database.get(1));
        Visit late = new Visit(1, OptionalLong.empty(), seen.subList(2, 7));
        assertThat(found(listener(new Visit(0, OptionalLong.empty(), seen)), listener(late)))
                .isEmpty();
    }

    @Test
    void two_texts_under_one_number_are_a_disagreement() {
        database.set(1, new Entry(2, 7, "id2", "bo", "ref2", "edited"));
        Entry edited = database.get(1);
        Entry other = new Entry(2, 2, "id2", "bo", "ref2", "never said");
        List<Entry> there = List.of(entry(1), other, entry(3), entry(4), entry(5), entry(6), edited);
        List<Entry> here = List.of(entry(1), entry(2), entry(3), entry(4), entry(5), entry(6), edited);
        assertThat(found(
                        listener(new Visit(0, OptionalLong.empty(), here)),
                        listener(new Visit(0, OptionalLong.empty(), there))))
                .containsOnlyKeys(Kind.DISAGREEMENT);
    }

    @Test
    void a_gap_in_what_a_client_was_told_is_missed() {
        assertThat(found(listener(visit(0, 1, 2, 4, 5, 6)))).containsOnlyKeys(Kind.MISSED);
        assertThat(found(listener(visit(0, 1, 2, 3), visit(4, 5, 6)))).containsOnlyKeys(Kind.MISSED);
        assertThat(found(listener(visit(0, 1, 2, 3, 4, 5)))).containsOnlyKeys(Kind.MISSED);
    }

    @Test
    void what_a_resync_covers_is_not_missed_but_what_comes_after_is() {
        Visit resynced = new Visit(1, OptionalLong.of(4), entries(5, 6));
        assertThat(found(listener(visit(0, 1), resynced))).isEmpty();
        Visit silent = new Visit(1, OptionalLong.of(4), entries(6));
        assertThat(found(listener(visit(0, 1), silent))).containsOnlyKeys(Kind.MISSED);
    }

    @Test
    void what_was_never_answered_is_in_doubt_and_no_fault() {
        Verdict verdict = Checker.judge(List.of(ana(answer(1))), database);
        assertThat(verdict.found()).containsOnlyKeys(Kind.IN_DOUBT);
        assertThat(verdict.clean()).isTrue();
    }

    @Test
    void the_verdict_about_two_rooms_is_the_sum() {
        Verdict verdict = Checker.judge(List.of(ana(answer(1))), database)
                .and(Checker.judge(List.of(listener(visit(0, 2))), database.subList(0, 2)));
        assertThat(verdict.count(Kind.IN_DOUBT)).isEqualTo(1);
        assertThat(verdict.count(Kind.MISSED)).isEqualTo(1);
        assertThat(verdict.clean()).isFalse();
        assertThat(verdict.toString()).contains("stored 8").contains("MISSED 1");
    }
}

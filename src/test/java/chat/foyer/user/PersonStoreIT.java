package chat.foyer.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.foyer.fault.ChatException;
import chat.foyer.fault.Fault;
import chat.foyer.testing.BothDatabases;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** People and attempts against both databases: what must hold however many ask at once. */
class PersonStoreIT extends BothDatabases {
    private static final int ROUNDS = 20;

    private static Person person(String handle, Role role) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Person("u-" + handle, handle, "Person " + handle, role, "en", "", now, false);
    }

    private void add(PersonStore store, Person person) {
        opened.get(0).jdbi().useTransaction(handle -> store.insert(handle, person, "hash"));
    }

    private static Optional<Fault> faultOf(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (ChatException e) {
            return Optional.of(e.fault());
        }
    }

    private static <T> List<T> atOnce(List<Supplier<T>> actions) {
        ExecutorService threads = Executors.newFixedThreadPool(8); // fewer than there are connections
        try {
            List<CompletableFuture<T>> underWay = actions.stream()
                    .map(action -> CompletableFuture.supplyAsync(action, threads))
                    .toList();
            return underWay.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_administrators_who_disable_or_demote_each_other_at_once_leave_one(Kind kind) {
        PersonStore store = PersonStore.of(database(kind));
        add(store, person("ana", Role.ADMINISTRATOR));
        add(store, person("bo", Role.ADMINISTRATOR));
        for (int round = 0; round < ROUNDS; round++) {
            List<Optional<Fault>> faults = atOnce(List.of(
                    () -> faultOf(() -> store.setDisabled("u-ana", true)),
                    () -> faultOf(() -> store.setRole("u-bo", Role.MEMBER))));
            assertThat(faults).containsOnlyOnce(Optional.of(Fault.FORBIDDEN));
            assertThat(store.hasAdministrator()).isTrue();
            store.setDisabled("u-ana", false);
            store.setRole("u-bo", Role.ADMINISTRATOR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_two_who_take_names_that_look_alike_at_once_one_gets_it(Kind kind) {
        PersonStore store = PersonStore.of(database(kind));
        for (int round = 0; round < ROUNDS; round++) {
            String latin = "pop" + round;
            String same = "p0p" + round; // a zero
            List<Optional<Fault>> faults = atOnce(List.of(
                    () -> faultOf(() -> add(store, person(latin, Role.MEMBER))),
                    () -> faultOf(() -> add(store, person(same, Role.MEMBER)))));
            assertThat(faults).containsOnlyOnce(Optional.of(Fault.TAKEN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_last_administrator_who_could_sign_in_stays(Kind kind) {
        PersonStore store = PersonStore.of(database(kind));
        add(store, person("ana", Role.ADMINISTRATOR));
        add(store, person("bo", Role.ADMINISTRATOR));
        store.setDisabled("u-bo", true);
        assertThatThrownBy(() -> store.setRole("u-ana", Role.MEMBER)).hasMessageContaining("last administrator");
        assertThatThrownBy(() -> store.setDisabled("u-ana", true)).hasMessageContaining("last administrator");
        assertThat(store.byId("u-ana").orElseThrow().disabled()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void of_many_attempts_at_once_no_more_are_made_than_may_fail(Kind kind) {
        AttemptStore store = AttemptStore.of(database(kind));
        List<AttemptStore.Count> counts = List.of(
                new AttemptStore.Count("pair", 5, Duration.ofMinutes(1)),
                new AttemptStore.Count("account", 50, Duration.ofSeconds(10)));
        List<Supplier<Boolean>> attempts = IntStream.range(0, 40)
                .<Supplier<Boolean>>mapToObj(i -> () -> store.begin(counts).isEmpty())
                .toList();
        assertThat(atOnce(attempts)).filteredOn(made -> made).hasSizeBetween(6, 9); // seconds may pass meanwhile
        assertThat(IntStream.range(0, 10).mapToObj(i -> store.begin(counts)))
                .as("each that is made makes the next wait longer")
                .anyMatch(Optional::isPresent);
        store.succeeded(counts);
        assertThat(store.begin(counts)).as("slips are forgotten").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void attempts_that_share_counts_in_another_order_do_not_deadlock(Kind kind) {
        AttemptStore store = AttemptStore.of(database(kind));
        AttemptStore.Count one = new AttemptStore.Count("one", 1_000, Duration.ofSeconds(1));
        AttemptStore.Count two = new AttemptStore.Count("two", 1_000, Duration.ofSeconds(1));
        List<Supplier<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            List<AttemptStore.Count> counts = i % 2 == 0 ? List.of(one, two) : List.of(two, one);
            attempts.add(() -> store.begin(counts).isEmpty());
        }
        assertThat(atOnce(attempts)).containsOnly(true);
    }
}

package chat.foyer.testing.checker;

import chat.foyer.testing.checker.ClientLog.Answer;
import chat.foyer.testing.checker.ClientLog.Said;
import chat.foyer.testing.checker.ClientLog.Visit;
import chat.foyer.testing.checker.Verdict.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what the clients of one room have logged against what its database holds in the end, when every client has
 * been told everything. For one thread.
 */
public final class Checker {
    private record Ref(String author, String ref) {}

    private final List<ClientLog> clients;
    private final List<Entry> database;
    private final Map<String, Entry> byId = new HashMap<>();
    private final Map<Ref, Entry> byRef = new HashMap<>();
    private final Map<Kind, List<String>> found = new EnumMap<>(Kind.class);
    private long acknowledged;
    private long seen;

    private Checker(List<ClientLog> clients, List<Entry> database) {
        this.clients = clients;
        this.database = database;
    }

    public static Verdict judge(List<ClientLog> clients, List<Entry> database) {
        return new Checker(clients, database).verdict();
    }

    private Verdict verdict() {
        checkDatabase();
        clients.forEach(this::checkAnswers);
        for (ClientLog client : clients) {
            client.visits().forEach(visit -> checkVisit(client, visit));
        }
        checkAgreement();
        clients.forEach(this::checkNothingMissed);
        return new Verdict(acknowledged, database.size(), seen, found);
    }

    private void checkDatabase() {
        Set<Long> places = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (Entry entry : database) {
            byId.put(entry.id(), entry);
            Entry same = byRef.put(new Ref(entry.author(), entry.ref()), entry);
            if (same != null) {
                note(Kind.DUPLICATE, "the database holds one ref twice: " + same + " and " + entry);
            }
            if (!places.add(entry.seq()) || !numbers.add(entry.rev())) {
                note(Kind.DISORDER, "the database holds a number twice: " + entry);
            }
        }
    }

    private void checkAnswers(ClientLog client) {
        Map<String, Answer> answered = new HashMap<>();
        for (Answer answer : client.answers()) {
            Answer before = answered.putIfAbsent(answer.ref(), answer);
            if (before != null && !before.equals(answer)) {
                note(Kind.DUPLICATE, client.name() + " was given two answers: " + before + " and " + answer);
            }
            Entry row = byId.get(answer.id());
            boolean kept = row != null
                    && row.author().equals(client.author())
                    && row.ref().equals(answer.ref())
                    && row.seq() == answer.seq();
            if (!kept) {
                Entry other = byRef.get(new Ref(client.author(), answer.ref()));
                note(Kind.LOST, client.name() + " was told " + answer + ", the database holds " + other);
            }
        }
        acknowledged += answered.size();
        for (Said said : client.said()) {
            if (!answered.containsKey(said.ref())) {
                boolean stored = byRef.containsKey(new Ref(client.author(), said.ref()));
                note(Kind.IN_DOUBT, client.name() + " " + said.ref() + (stored ? " is stored" : " is not stored"));
            }
        }
    }

    private void checkVisit(ClientLog client, Visit visit) {
        long last = visit.after();
        Set<Long> told = new HashSet<>();
        for (Entry entry : visit.seen()) {
            seen++;
            if (!told.add(entry.rev()) || entry.rev() <= visit.after()) {
                note(Kind.DUPLICATE, client.name() + " was told again " + entry);
            } else if (entry.rev() < last) {
                note(Kind.DISORDER, client.name() + " was told " + entry + " after number " + last);
            }
            last = Math.max(last, entry.rev());
            checkReal(client, entry);
        }
    }

    private void checkReal(ClientLog client, Entry entry) {
        Entry row = byId.get(entry.id());
        boolean real = row != null
                && row.seq() == entry.seq()
                && row.author().equals(entry.author())
                && row.rev() >= entry.rev() // a later change has taken the place of this one
                && (row.rev() > entry.rev() || row.body().equals(entry.body()));
        if (!real) {
            note(Kind.PHANTOM, client.name() + " was told " + entry + ", the database holds " + row);
        }
    }

    private void checkAgreement() {
        Map<Long, Entry> told = new HashMap<>();
        for (ClientLog client : clients) {
            for (Visit visit : client.visits()) {
                for (Entry entry : visit.seen()) {
                    Entry before = told.putIfAbsent(entry.rev(), entry);
                    if (before != null && !before.equals(entry)) {
                        note(Kind.DISAGREEMENT, client.name() + " was told " + entry + ", another " + before);
                    }
                }
            }
        }
    }

    /** From the first number it was promised a client has been told every message that is, except what a resync covers. */
    private void checkNothingMissed(ClientLog client) {
        if (client.visits().isEmpty()) {
            return;
        }
        Set<Long> told = new HashSet<>();
        client.visits().forEach(visit -> visit.seen().forEach(entry -> told.add(entry.rev())));
        long first = client.visits().get(0).after();
        for (Entry entry : database) {
            if (entry.rev() > first && !told.contains(entry.rev()) && !coveredByResync(client, entry.rev())) {
                note(Kind.MISSED, client.name() + " was never told " + entry);
            }
        }
    }

    private static boolean coveredByResync(ClientLog client, long rev) {
        return client.visits().stream()
                .anyMatch(visit -> visit.resync().isPresent()
                        && rev > visit.after()
                        && rev <= visit.resync().getAsLong());
    }

    private void note(Kind kind, String sentence) {
        found.computeIfAbsent(kind, any -> new ArrayList<>()).add(sentence);
    }
}

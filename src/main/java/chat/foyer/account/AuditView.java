package chat.foyer.account;

import static java.util.Map.entry;

import chat.foyer.user.AuditStore;
import chat.foyer.user.Person;
import chat.foyer.user.PersonStore;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page of the audit log shows, as {@code #{audit}}. Belongs to one request. */
@Named("audit")
@RequestScoped
public class AuditView {
    /** What somebody did, before what they did it to; an action that is not here is shown as it is recorded. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            entry("setup", "set up this site"),
            entry("join", "made an account"),
            entry("sign-in", "signed in"),
            entry("sign-in.fail", "could not sign in as"),
            entry("sign-out", "signed out"),
            entry("sign-out.others", "signed out everywhere else"),
            entry("password.change", "chose another password"),
            entry("password.fail", "did not know their current password"),
            entry("password.reset", "chose another password by a link"),
            entry("token.create", "made the token"),
            entry("token.delete", "deleted the token"),
            entry("person.name", "took another name"),
            entry("person.role", "gave another role to"),
            entry("person.disable", "disabled"),
            entry("person.enable", "enabled"),
            entry("person.reset", "made a link to a new password for"),
            entry("person.sign-out", "ended all sessions of"),
            entry("invitation.create", "made the invitation"),
            entry("invitation.delete", "took back the invitation"),
            entry("site.change", "decided about the site"),
            entry("audit.read", "read the audit log"),
            entry("audit.verify", "checked the audit log"));

    @Inject
    PersonStore people;

    private List<Row> entries = List.of();
    private OptionalLong older = OptionalLong.empty();
    private boolean latest = true;
    private Optional<OptionalLong> broken = Optional.empty();

    void list(AuditTrail.Page page, boolean isLatest, String reader) {
        latest = isLatest;
        older = page.older();
        Map<String, Person> known = people
                .byIds(Stream.concat(
                                Stream.of(reader),
                                page.entries().stream().flatMap(row -> Stream.of(row.actor(), row.subject())))
                        .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(Person::id, Function.identity()));
        Moments moments = new Moments(
                Optional.ofNullable(known.get(reader)).map(Person::zone).orElse(""));
        entries = page.entries().stream()
                .map(row -> new Row(row, name(known, row.actor()), name(known, row.subject()), moments))
                .toList();
    }

    private static String name(Map<String, Person> known, String id) {
        return Optional.ofNullable(known.get(id)).map(Person::name).orElse(id);
    }

    void verified(OptionalLong firstBroken) {
        broken = Optional.of(firstBroken);
    }

    public List<Row> getEntries() {
        return entries;
    }

    public boolean isLatest() {
        return latest;
    }

    /** The query of the page of older entries; empty on the last. */
    public String getOlder() {
        return older.isPresent() ? "?before=" + older.getAsLong() : "";
    }

    public String getNews() {
        return broken.filter(OptionalLong::isEmpty).isPresent() ? "All entries are as they were written." : "";
    }

    public String getProblem() {
        return broken.filter(OptionalLong::isPresent)
                .map(number ->
                        "Entry " + number.getAsLong() + " is missing or not as it was written. Somebody has changed the"
                                + " database by hand: trust no entry from there on, and compare with a backup.")
                .orElse("");
    }

    /** One entry as the page shows it. */
    public static final class Row {
        private final AuditStore.Row row;
        private final String actor;
        private final String subject;
        private final Moments moments;

        Row(AuditStore.Row row, String actor, String subject, Moments moments) {
            this.row = row;
            this.actor = actor;
            this.subject = subject;
            this.moments = moments;
        }

        public long getNumber() {
            return row.number();
        }

        public String getActor() {
            return actor;
        }

        public String getDeed() {
            return WORDS.getOrDefault(row.action(), row.action());
        }

        /** To what it was done; empty for themselves. */
        public String getSubject() {
            return row.subject().equals(row.actor()) ? "" : subject;
        }

        public String getDetail() {
            return row.detail();
        }

        public String getAt() {
            return row.at().toString();
        }

        public String getWhen() {
            return moments.of(row.at());
        }
    }
}

package chat.foyer.account;

import chat.foyer.user.AuditStore;
import chat.foyer.user.Person;
import chat.foyer.user.PersonStore;
import chat.foyer.words.Words;
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
    private static final String DEED = "audit.deed.";

    @Inject
    PersonStore people;

    @Inject
    Words words;

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
                Optional.ofNullable(known.get(reader)).map(Person::zone).orElse(""), words);
        entries = page.entries().stream()
                .map(row -> new Row(row, name(known, row.actor()), name(known, row.subject()), moments, words))
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
        return broken.filter(OptionalLong::isEmpty).isPresent() ? words.of("audit.sound") : "";
    }

    public String getProblem() {
        return broken.filter(OptionalLong::isPresent)
                .map(number -> words.of("audit.broken", Long.toString(number.getAsLong())))
                .orElse("");
    }

    /** One entry as the page shows it. */
    public static final class Row {
        private final AuditStore.Row row;
        private final String actor;
        private final String subject;
        private final Moments moments;
        private final Words words;

        Row(AuditStore.Row row, String actor, String subject, Moments moments, Words words) {
            this.row = row;
            this.actor = actor;
            this.subject = subject;
            this.moments = moments;
            this.words = words;
        }

        public long getNumber() {
            return row.number();
        }

        public String getActor() {
            return actor;
        }

        /** What somebody did, before what they did it to; as it is recorded, where there are no words for it. */
        public String getDeed() {
            return words.texts().getOrDefault(DEED + row.action(), row.action());
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

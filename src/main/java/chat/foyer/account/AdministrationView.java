package chat.foyer.account;

import chat.foyer.config.Configuration;
import chat.foyer.config.Settings;
import chat.foyer.user.GuestPolicy;
import chat.foyer.user.Invitation;
import chat.foyer.user.Person;
import chat.foyer.user.Role;
import chat.foyer.words.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the page of administrators shows, as {@code #{administration}}. Belongs to one request. */
@Named("administration")
@RequestScoped
public class AdministrationView {

    @Inject
    Configuration configuration;

    @Inject
    GuestPolicy policy;

    @Inject
    Words words;

    private String query = "";
    private String after = "";
    private String next = "";
    private List<PersonRow> people = List.of();
    private List<InvitationRow> invitations = List.of();
    private String link = "";
    private String linkAbout = "";

    /** @param found one more than goes on a page when there are more */
    void list(String text, String afterHandle, List<Person> found, String self) {
        query = text;
        after = afterHandle;
        List<Person> page = found.subList(0, Math.min(Answers.PAGE, found.size()));
        next = found.size() > page.size() ? page.get(page.size() - 1).handle() : "";
        people = page.stream()
                .map(person -> new PersonRow(person, person.id().equals(self)))
                .toList();
    }

    void invitations(List<Invitation> open, Moments moments) {
        invitations = open.stream()
                .map(each -> new InvitationRow(each, moments, words))
                .toList();
    }

    /** @param about whose password it is for; empty for an invitation */
    void link(String address, String about) {
        link = address;
        linkAbout = about;
    }

    public String getQuery() {
        return query;
    }

    public String getAfter() {
        return after;
    }

    /** After whom the next page begins; empty on the last. */
    public String getNext() {
        return next;
    }

    public String getFirstPage() {
        return "?query=" + encode(query);
    }

    public String getNextPage() {
        return getFirstPage() + "&after=" + encode(next);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public List<PersonRow> getPeople() {
        return people;
    }

    public List<InvitationRow> getInvitations() {
        return invitations;
    }

    /** A link that was just made; empty when none was. */
    public String getLink() {
        return link;
    }

    public String getLinkTitle() {
        return words.of(linkAbout.isEmpty() ? "people.link.invitation" : "people.link.reset");
    }

    public String getLinkAbout() {
        return linkAbout;
    }

    public String getLinkHint() {
        String hint = words.of(linkAbout.isEmpty() ? "people.link.invitation.hint" : "people.link.reset.hint");
        return configuration.get(Settings.PUBLIC_URL).isEmpty()
                ? hint + " " + words.of("people.link.guessed", Settings.PUBLIC_URL.key())
                : hint;
    }

    public boolean isGuestsFixed() {
        return policy.isFixed();
    }

    /** One person as the page shows them. */
    public static final class PersonRow {
        private final Person person;
        private final boolean self;

        PersonRow(Person person, boolean self) {
            this.person = person;
            this.self = self;
        }

        public String getId() {
            return person.id();
        }

        public String getName() {
            return person.name();
        }

        public String getHandle() {
            return person.handle();
        }

        public boolean isAdministrator() {
            return person.isAdministrator();
        }

        public boolean isDisabled() {
            return person.disabled();
        }

        public boolean isSelf() {
            return self;
        }
    }

    /** One invitation as the page shows it. */
    public static final class InvitationRow {
        private final Invitation invitation;
        private final Moments moments;
        private final Words words;

        InvitationRow(Invitation invitation, Moments moments, Words words) {
            this.invitation = invitation;
            this.moments = moments;
            this.words = words;
        }

        public String getId() {
            return invitation.id();
        }

        public String getNote() {
            return invitation.note().isEmpty() ? words.of("people.invite.no-note") : invitation.note();
        }

        public boolean isAdministrator() {
            return invitation.role() == Role.ADMINISTRATOR;
        }

        public String getCreatedBy() {
            return invitation.createdBy();
        }

        public String getEndsAt() {
            return invitation.endsAt().toString();
        }

        public String getEnds() {
            return moments.of(invitation.endsAt());
        }
    }
}

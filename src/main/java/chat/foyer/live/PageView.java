package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.format.Formatting;
import chat.foyer.message.Attachment;
import chat.foyer.message.Message;
import chat.foyer.room.Access;
import chat.foyer.room.Note;
import chat.foyer.room.Right;
import chat.foyer.room.Room;
import chat.foyer.room.RoomName;
import chat.foyer.user.Person;
import chat.foyer.user.PersonStore;
import chat.foyer.user.Role;
import chat.foyer.user.User;
import chat.foyer.web.Caller;
import chat.foyer.web.Forgery;
import chat.foyer.words.Part;
import chat.foyer.words.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the Facelets views show, as {@code #{page}}. Belongs to one request. */
@Named("page")
@RequestScoped
public class PageView {

    @Inject
    HttpServletRequest request;

    @Inject
    PersonStore people;

    @Inject
    Words words;

    private RoomName room;
    private Optional<RoomService.Opening> opening = Optional.empty();
    private Optional<User> partner = Optional.empty();
    private Optional<UUID> wanted = Optional.empty();
    private String formToken = "";
    private String text = "";
    private String complaint = "";
    private String problemTitle = "";
    private String problemDetail = "";

    void show(RoomName name) {
        room = name;
    }

    /**
     * @param other the other one of a conversation of two
     * @param message the one that the address asks for
     */
    void show(RoomService.Opening state, Optional<User> other, Optional<UUID> message) {
        opening = Optional.of(state);
        partner = other;
        wanted = message;
    }

    /** The page has a form by which something can be said. @param token tells that the form is ours */
    void offerForm(String token) {
        formToken = token;
    }

    /** This could not be said. */
    void complain(ChatException problem, String wantedText) {
        complaint = problem.in(words);
        text = wantedText;
    }

    void show(ChatException problem) {
        String sentence = problem.fault().phrase().in(words);
        String detail = problem.in(words);
        show(sentence, detail.equals(sentence) ? "" : detail);
    }

    void show(String title, String detail) {
        problemTitle = title;
        problemDetail = detail;
    }

    public String getContextPath() {
        return request.getContextPath();
    }

    public String getRoomName() {
        return room == null ? "" : room.text();
    }

    /** The room name as JSON that no HTML parser can leave: {@code <}, {@code >}, {@code &} and line separators escaped. */
    public String getRoomNameJson() {
        StringBuilder json = new StringBuilder();
        Json.createValue(getRoomName()).toString().chars().forEach(c -> {
            boolean harmless = "<>&\u2028\u2029".indexOf(c) < 0;
            json.append(harmless ? Character.toString(c) : "\\u%04X".formatted(c));
        });
        return json.toString();
    }

    /** What people read as its name: of a conversation, who the other one is. */
    public String getRoomTitle() {
        return partner.map(User::name).orElse(getRoomName());
    }

    /** The same as a heading tells it. */
    public String getHeading() {
        return (getKind().equals("direct") ? "" : "#") + getRoomTitle();
    }

    public String getPartnerId() {
        return partner.map(User::id).orElse("");
    }

    public String getPartnerName() {
        return partner.map(User::name).orElse("");
    }

    private Optional<Access> access() {
        return opening.map(RoomService.Opening::access);
    }

    private Optional<Room> facts() {
        return access().flatMap(Access::room);
    }

    /** A room in which nothing was said yet is going to be an open one. */
    public String getKind() {
        return facts().map(Room::kind).orElse(Room.Kind.OPEN).name().toLowerCase(Locale.ROOT);
    }

    public String getTopic() {
        return facts().map(Room::topic).orElse("");
    }

    public boolean isArchived() {
        return facts().map(Room::archived).orElse(false);
    }

    /** What the reader is in the room; empty when they are no member. */
    public String getRole() {
        return access().flatMap(Access::role)
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** What the reader may do there, as words with spaces between them. */
    public String getRights() {
        return access().map(Access::rights).stream()
                .flatMap(rights -> rights.stream())
                .map(right -> right.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    /** Whether the reader may say something there. */
    public boolean isPost() {
        return access().map(access -> access.allows(Right.POST)).orElse(false);
    }

    /** Why they may not. */
    public String getWhyNot() {
        if (isPost()) {
            return "";
        }
        return words.of(isArchived() ? "room.cannot-post.archived" : "room.cannot-post.overseer");
    }

    /** Where one signs in, to come back here. */
    public String getSignInPath() {
        return signInPath(getContextPath() + "/chat/" + (room == null ? "" : room.pathSegment() + "/"));
    }

    /** Where one signs in, to come to this address afterwards. */
    String signInPath(String next) {
        return getContextPath() + "/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    /** Whether a guest sees the page who could sign in. */
    public boolean isSignInOffered() {
        return Caller.of(request).identity().isGuest() && people.hasAdministrator();
    }

    public boolean isMember() {
        return !Caller.of(request).identity().isGuest();
    }

    public boolean isAdministrator() {
        return Caller.of(request).identity().role() == Role.ADMINISTRATOR;
    }

    /** The time zone that the person has chosen; empty for the browser's. */
    public String getZone() {
        return Caller.of(request)
                .identified()
                .filter(identity -> !identity.isGuest())
                .flatMap(identity -> people.byId(identity.user().id()))
                .map(Person::zone)
                .orElse("");
    }

    /** What forms and scripts of the page send along; empty for guests, whose pages change nothing by forms. */
    public String getCsrf() {
        return Forgery.tokenOfSession(request).orElse("");
    }

    /** What the form of the page sends along. */
    public String getFormToken() {
        return formToken;
    }

    /** What the message is called that the form sends: sent twice, it is said once. */
    public String getFormRef() {
        return "form-" + UUID.randomUUID();
    }

    /** What could not be said by the form. */
    public String getText() {
        return text;
    }

    /** Why it could not. */
    public String getComplaint() {
        return complaint;
    }

    /** Whether the address asks for a message that is not there. */
    public boolean isMissing() {
        return opening.map(RoomService.Opening::missing).orElse(false);
    }

    /** The id of the first message shown, around which older ones are. */
    public String getFirstId() {
        return part().map(RoomService.Part::messages).orElse(List.of()).stream()
                .findFirst()
                .map(message -> message.id().toString())
                .orElse("");
    }

    public String getUserName() {
        return Caller.of(request).identity().user().name();
    }

    public String getUserId() {
        return Caller.of(request).identity().user().id();
    }

    private Optional<RoomService.Part> part() {
        return opening.map(RoomService.Opening::part);
    }

    /** The latest messages or those around the wanted one, and what happened to the room, oldest first. */
    public List<MessageRow> getMessages() {
        return part().map(RoomService.Part::messages).orElse(List.of()).stream()
                .map(message -> new MessageRow(
                        message, wanted.filter(message.id()::equals).isPresent(), words))
                .toList();
    }

    /** The number of the last change that the page shows; the socket resumes from here. */
    public long getHead() {
        return opening.map(RoomService.Opening::head).orElse(0L);
    }

    /** Whether there are older messages than those of the page. */
    public boolean isOlder() {
        return part().map(RoomService.Part::older).orElse(false);
    }

    /** Whether there are newer ones. */
    public boolean isNewer() {
        return part().map(RoomService.Part::newer).orElse(false);
    }

    /** The database to which the numbers belong. */
    public String getEpoch() {
        return opening.map(RoomService.Opening::epoch).orElse("");
    }

    /** One message, or something that happened to the room, as the page shows it. */
    public static final class MessageRow {
        private final Message message;
        private final boolean wanted;
        private final Words words;

        MessageRow(Message message, boolean wanted, Words words) {
            this.message = message;
            this.wanted = wanted;
            this.words = words;
        }

        /** Whether the address of the page asks for it. */
        public boolean isWanted() {
            return wanted;
        }

        public String getId() {
            return message.id().toString();
        }

        public long getSeq() {
            return message.seq();
        }

        public long getRev() {
            return message.rev();
        }

        public String getRef() {
            return message.ref();
        }

        public String getAuthorId() {
            return message.author().id();
        }

        public String getAuthorName() {
            return message.author().name();
        }

        public String getBody() {
            return message.body();
        }

        /** How the text looks, where it is more than text; empty elsewhere. */
        public String getHtml() {
            return message.deleted() ? "" : Formatting.htmlOf(message).orElse("");
        }

        public List<FileRow> getFiles() {
            return message.files().stream()
                    .map(file -> new FileRow(file, words))
                    .toList();
        }

        /** The same for scripts. */
        public String getFilesJson() {
            return Attachment.toJson(message.files()).toString();
        }

        /** ISO 8601 in UTC; the browser shows it in the viewer's zone. */
        public String getAt() {
            return message.at().toString();
        }

        public boolean isEdited() {
            return message.editedAt().isPresent() && !message.deleted();
        }

        public boolean isDeleted() {
            return message.deleted();
        }

        /** What happened, in one word; empty for what people said. */
        public String getNote() {
            return message.note().map(note -> note.what().code()).orElse("");
        }

        public String getNoteText() {
            return message.note().map(Note::text).orElse("");
        }

        public String getSubjectId() {
            return message.note().flatMap(Note::subject).map(User::id).orElse("");
        }

        public String getSubjectName() {
            return message.note().flatMap(Note::subject).map(User::name).orElse("");
        }

        /** What happened, for people. */
        public List<Part> getSentence() {
            return message.note()
                    .map(note -> Noted.sentence(message.author(), note, words))
                    .orElse(List.of());
        }
    }

    public String getProblemTitle() {
        return problemTitle;
    }

    public String getProblemDetail() {
        return problemDetail;
    }
}

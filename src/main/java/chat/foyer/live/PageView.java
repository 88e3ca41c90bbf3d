package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.message.Message;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** What the Facelets views show, as {@code #{page}}. Belongs to one request. */
@Named("page")
@RequestScoped
public class PageView {

    @Inject
    HttpServletRequest request;

    private RoomName room;
    private Optional<RoomService.Opening> opening = Optional.empty();
    private String problemTitle = "";
    private String problemDetail = "";

    void show(RoomName name) {
        room = name;
    }

    void show(RoomService.Opening state) {
        opening = Optional.of(state);
    }

    void show(ChatException problem) {
        String sentence = problem.fault().sentence();
        show(sentence, problem.getMessage().equals(sentence) ? "" : problem.getMessage());
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

    public String getUserName() {
        return Caller.of(request).identity().user().name();
    }

    public String getUserId() {
        return Caller.of(request).identity().user().id();
    }

    /** The latest messages, oldest first. */
    public List<MessageRow> getMessages() {
        return opening.map(RoomService.Opening::messages).orElse(List.of()).stream()
                .filter(message -> message.note().isEmpty())
                .map(MessageRow::new)
                .toList();
    }

    /** The number of the last change that the page shows; the socket resumes from here. */
    public long getHead() {
        return opening.map(RoomService.Opening::head).orElse(0L);
    }

    /** Whether there are older messages than those of the page. */
    public boolean isOlder() {
        return opening.map(RoomService.Opening::older).orElse(false);
    }

    /** The database to which the numbers belong. */
    public String getEpoch() {
        return opening.map(RoomService.Opening::epoch).orElse("");
    }

    /** One message as the page shows it. */
    public static final class MessageRow {
        private final Message message;

        MessageRow(Message message) {
            this.message = message;
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
    }

    public String getProblemTitle() {
        return problemTitle;
    }

    public String getProblemDetail() {
        return problemDetail;
    }
}

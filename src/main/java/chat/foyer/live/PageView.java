package chat.foyer.live;

import chat.foyer.fault.ChatException;
import chat.foyer.room.RoomName;
import chat.foyer.web.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;

/** What the Facelets views show, as {@code #{page}}. Belongs to one request. */
@Named("page")
@RequestScoped
public class PageView {

    @Inject
    HttpServletRequest request;

    private RoomName room;
    private String problemTitle = "";
    private String problemDetail = "";

    void show(RoomName name) {
        room = name;
    }

    void show(ChatException problem) {
        problemTitle = problem.fault().sentence();
        problemDetail = problem.getMessage().equals(problemTitle) ? "" : problem.getMessage();
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
        return Caller.of(request).user().name();
    }

    public String getUserId() {
        return Caller.of(request).user().id();
    }

    public String getProblemTitle() {
        return problemTitle;
    }

    public String getProblemDetail() {
        return problemDetail;
    }
}

package chat.foyer.live;

import chat.foyer.fault.ThrottledLog;
import chat.foyer.protocol.ServerFrame;
import chat.foyer.reading.Level;
import chat.foyer.reading.Sidebars;
import chat.foyer.room.Room;
import chat.foyer.room.RoomName;
import chat.foyer.user.Identity;
import chat.foyer.user.User;
import chat.foyer.web.Caller;
import chat.foyer.words.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * The rooms and conversations of the reader beside a page, as {@code #{side}}: what their stream tells first, so that they
 * are there before any script runs. Belongs to one request.
 */
@Named("side")
@RequestScoped
public class SideView {
    private static final ThrottledLog LOG = new ThrottledLog(LoggerFactory.getLogger(SideView.class), 1);
    private static final String DIRECT = "direct";
    private static final int MOST_COUNTED = 99; // as words.js

    @Inject
    HttpServletRequest request;

    @Inject
    PageView page;

    @Inject
    Sidebars sidebars;

    @Inject
    Words words;

    private Optional<List<ServerFrame.RoomListed>> mine = Optional.empty();

    /** Rooms, by name. */
    public List<RoomLink> getRooms() {
        return links(false);
    }

    /** Conversations of two, by the name of the other one. */
    public List<RoomLink> getDirect() {
        return links(true);
    }

    /** Up to where the reader has seen the room of the page; absent where they begin at its end. */
    public String getSeen() {
        OptionalLong seen = mine().stream()
                .filter(room -> room.room().equals(page.getRoomName()))
                .mapToLong(ServerFrame.RoomListed::seen)
                .findFirst();
        return seen.isPresent() ? Long.toString(seen.getAsLong()) : "";
    }

    /** Of what in the room of the page the reader wants to be told. */
    public String getLevel() {
        return mine().stream()
                .filter(room -> room.room().equals(page.getRoomName()))
                .findFirst()
                .orElseGet(this::theOpenOne)
                .notifications();
    }

    private List<RoomLink> links(boolean direct) {
        List<RoomLink> links = new ArrayList<>();
        mine().stream().filter(room -> room.kind().equals(DIRECT) == direct).forEach(room -> links.add(link(room)));
        boolean open = !page.getRoomName().isEmpty();
        if (open && page.getKind().equals(DIRECT) == direct && links.stream().noneMatch(RoomLink::isCurrent)) {
            links.add(link(theOpenOne()));
        }
        links.sort(Comparator.comparing(link -> link.getTitle().toLowerCase(Locale.ROOT)));
        return links;
    }

    /** The room of the page belongs to the list even where it is none of the reader's. */
    private ServerFrame.RoomListed theOpenOne() {
        User with = page.getPartnerId().isEmpty() ? null : new User(page.getPartnerId(), page.getPartnerName(), false);
        String level = Level.usual(Room.Kind.valueOf(page.getKind().toUpperCase(Locale.ROOT)))
                .code();
        return new ServerFrame.RoomListed(
                page.getRoomName(), page.getKind(), page.getTopic(), with, null, level, 0, 0, 0, 0);
    }

    private RoomLink link(ServerFrame.RoomListed room) {
        String address = request.getContextPath() + "/chat/" + new RoomName(room.room()).pathSegment() + "/";
        return new RoomLink(room, address, room.room().equals(page.getRoomName()), words);
    }

    private List<ServerFrame.RoomListed> mine() {
        Identity reader = Caller.of(request).identity();
        if (mine.isEmpty()) {
            mine = Optional.of(reader.isGuest() ? List.of() : read(reader));
        }
        return mine.get();
    }

    /** A page without its lists is better than none; the stream tells them as soon as it can. */
    private List<ServerFrame.RoomListed> read(Identity reader) {
        try {
            return sidebars.rooms(reader.user().id());
        } catch (RuntimeException e) {
            LOG.warn("The rooms of {} could not be read: {}", reader.user().id(), e);
            return List.of();
        }
    }

    /** One of them as the page shows it; {@code room-link.js} paints the same. */
    public static final class RoomLink {
        private final ServerFrame.RoomListed room;
        private final String address;
        private final boolean current;
        private final Words words;

        RoomLink(ServerFrame.RoomListed room, String address, boolean current, Words words) {
            this.room = room;
            this.address = address;
            this.current = current;
            this.words = words;
        }

        public String getRoom() {
            return room.room();
        }

        public String getTitle() {
            return room.with() == null ? room.room() : room.with().name();
        }

        public String getAddress() {
            return address;
        }

        public String getKind() {
            return room.kind();
        }

        /** Whether the other one is there; empty for rooms. */
        public String getPresence() {
            return Objects.requireNonNullElse(room.presence(), room.with() == null ? "" : "offline");
        }

        public boolean isCurrent() {
            return current;
        }

        /** Nothing is unread where one is reading. */
        public boolean isUnread() {
            return !current && room.unread() > 0;
        }

        public boolean isLoud() {
            return isMentioned() && !isMuted();
        }

        private boolean isMentioned() {
            return !current && room.mentions() > 0;
        }

        /** Whether the reader wants to be told nothing of it. */
        public boolean isMuted() {
            return room.notifications().equals(Level.NOTHING.code());
        }

        /** The number beside the name; empty when there is none. */
        public String getBadge() {
            if (isMentioned()) {
                return "@ " + counted(room.mentions());
            }
            return isUnread() ? counted(room.unread()) : "";
        }

        private static String counted(long count) {
            return count > MOST_COUNTED ? MOST_COUNTED + "+" : Long.toString(count);
        }

        /** What eyes see as signs and badges, for ears. */
        public String getSpoken() {
            List<String> spoken = new ArrayList<>();
            if (!getPresence().isEmpty()) {
                spoken.add(words.of("side.presence." + getPresence()));
            } else if (room.kind().equals("closed")) {
                spoken.add(words.of("side.closed"));
            }
            if (isMuted()) {
                spoken.add(words.of("side.muted"));
            }
            if (isUnread()) {
                spoken.add(words.count("side.unread", room.unread()));
            }
            if (isMentioned()) {
                spoken.add(words.count("side.mentions", room.mentions()));
            }
            return spoken.stream().map(each -> ", " + each).collect(Collectors.joining());
        }
    }
}

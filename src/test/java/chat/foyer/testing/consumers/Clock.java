package chat.foyer.testing.consumers;

import chat.foyer.bot.Bot;
import chat.foyer.room.RoomName;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** In a WAR under test: a timer of the server that says something in a room. */
@Singleton
public class Clock {
    /** Where it speaks. */
    public static final String ROOM = "every second";

    @Inject
    Bot bot;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void tick() {
        bot.say(new RoomName(ROOM), "tick");
    }
}

package chat.foyer.presence;

import chat.foyer.presence.Seat.Place;
import java.util.Optional;

/** Hears what has become of a seat on some node. */
@FunctionalInterface
interface SeatListener {

    /** Called when it is another one than before; empty when nobody sits there any more. */
    void changed(Place place, Optional<Seat> now);
}

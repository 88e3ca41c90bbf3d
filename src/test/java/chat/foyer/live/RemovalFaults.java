package chat.foyer.live;

/** A thousand removals under load; with the fault suite, since they take a minute or two. */
class RemovalFaults extends RemovalIT {
    @Override
    int wanted() {
        return 1_000;
    }
}

package chat.foyer.live;

/**
 * A thousand removals under load; with the fault suite, since they take minutes. On Payara it fails: once in some thousand
 * handshakes a socket opens and hears nothing, after its request was recycled while it was still served.
 */
class RemovalFaults extends RemovalIT {
    @Override
    int wanted() {
        return 1_000;
    }
}

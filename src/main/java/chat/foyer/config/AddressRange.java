package chat.foyer.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * One IP address or a CIDR range of them (RFC 4632, RFC 4291 §2.3). Immutable.
 *
 * @param network the first address of the range
 * @param prefixLength how many leading bits an address must share with it
 */
public record AddressRange(InetAddress network, int prefixLength) {
    // InetAddress asks the name service for anything that is no literal; this pattern keeps names away from it
    private static final Pattern LITERAL = Pattern.compile(
            "OCTET(\\.OCTET){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*".replace("OCTET", "(25[0-5]|2[0-4]\\d|1?\\d?\\d)"));

    /** Reads {@code 10.0.0.0/8}, {@code 192.0.2.7} or {@code 2001:db8::/32}. */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = literal(slash < 0 ? text : text.substring(0, slash));
        int bits = network.getAddress().length * 8;
        int length = slash < 0 ? bits : prefixLength(text.substring(slash + 1), bits);
        return new AddressRange(network, length);
    }

    private static int prefixLength(String text, int bits) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > bits) {
            throw new IllegalArgumentException("the number after / must be between 0 and " + bits);
        }
        return Integer.parseInt(text);
    }

    /** An address from its digits, never from a name. */
    public static InetAddress literal(String text) {
        try {
            if (isLiteral(text)) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException notAnAddress) {
            // answered below
        }
        throw new IllegalArgumentException("\"" + text + "\" is not an IP address");
    }

    /** Whether this text has the form of an IPv4 or IPv6 address. */
    public static boolean isLiteral(String text) {
        return LITERAL.matcher(text).matches();
    }

    /** Whether the address lies in this range; an IPv4 address never lies in an IPv6 range. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((mine[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}

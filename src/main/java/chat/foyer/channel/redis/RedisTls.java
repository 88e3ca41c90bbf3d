package chat.foyer.channel.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * TLS as it is spoken with Redis.
 *
 * <p>Invariant: nothing, no password either, is sent to a host that has not proved by a certificate of a trusted authority that
 * it is the very one of the URL.
 */
final class RedisTls {
    private static final String STORE = "PKCS12";
    private static final char[] PASSWORD = "certificates".toCharArray(); // keeps nothing secret, but Java wants one

    private RedisTls() {}

    /** @param authorities whom to trust; those that Java trusts when there are none */
    static SslOptions trusting(List<X509Certificate> authorities) {
        SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL); // the host name, too
        if (!authorities.isEmpty()) {
            byte[] store = store(authorities);
            options.trustStoreType(STORE).truststore(() -> new ByteArrayInputStream(store), PASSWORD);
        }
        return options.build();
    }

    private static byte[] store(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance(STORE);
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, PASSWORD);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java cannot keep certificates", e);
        }
    }
}

package chat.foyer.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads the certificates in a PEM file. */
final class CertificateFile {
    private static final String ADVICE = "; write the path of a PEM file with certificates and nothing else";

    private CertificateFile() {}

    /** @throws IllegalArgumentException when there is no such file, or no certificate in it */
    static List<X509Certificate> read(String path) {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(file).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("this file is empty" + ADVICE);
            }
            return certificates;
        } catch (InvalidPathException | NoSuchFileException e) {
            throw new IllegalArgumentException("there is no such file" + ADVICE, e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "user " + System.getProperty("user.name") + " cannot read this file" + ADVICE, e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("this file holds no certificates, or a broken one" + ADVICE, e);
        }
    }
}

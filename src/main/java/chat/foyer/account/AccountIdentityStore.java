package chat.foyer.account;

import chat.foyer.user.Account;
import chat.foyer.user.PasswordStore;
import chat.foyer.user.Passwords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;

/**
 * The accounts in our database, for Jakarta Security: whose user name and password these are. Thread-safe.
 *
 * <p>Takes the same time whether the name or the password is wrong. The caller in the result is {@link Verified}.
 */
@ApplicationScoped
public class AccountIdentityStore implements IdentityStore {

    @Inject
    PasswordStore store;

    @Inject
    Passwords passwords;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential claimed)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        String password = claimed.getPasswordAsString();
        Optional<Account> account = store.account(claimed.getCaller());
        if (!passwords.matches(password, account.map(Account::hash))) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        return account.map(known -> new CredentialValidationResult(new Verified(upToDate(known, password))))
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }

    private Account upToDate(Account account, String password) {
        return passwords.isOutdated(account.hash()) ? store.rehash(account, passwords.hash(password)) : account;
    }

    /** Who has shown their password, with the hash that it was compared with. Their name is the person's id. Immutable. */
    static final class Verified extends CallerPrincipal {
        private static final long serialVersionUID = 1L;

        private final transient Account account; // lives for the request that signs in

        private Verified(Account account) {
            super(account.person().id());
            this.account = account;
        }

        Account account() {
            return account;
        }
    }
}

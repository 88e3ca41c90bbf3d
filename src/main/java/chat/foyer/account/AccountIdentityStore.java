package chat.foyer.account;

import chat.foyer.user.Passwords;
import chat.foyer.user.PersonStore;
import chat.foyer.user.PersonStore.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;

/**
 * The accounts in our database, for Jakarta Security: whose user name and password these are. Thread-safe.
 *
 * <p>Takes the same time whether the name or the password is wrong. The caller's name in the result is the person's id.
 */
@ApplicationScoped
public class AccountIdentityStore implements IdentityStore {

    @Inject
    PersonStore people;

    @Inject
    Passwords passwords;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential claimed)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        String password = claimed.getPasswordAsString();
        Optional<Account> account = people.account(claimed.getCaller());
        if (!passwords.matches(password, account.map(Account::hash))) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        account.filter(known -> passwords.isOutdated(known.hash()))
                .ifPresent(known -> people.rehash(known, passwords.hash(password)));
        return account.map(known -> new CredentialValidationResult(known.person()))
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }
}

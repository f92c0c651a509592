package dev.billhook.cli.connect;

import dev.billhook.account.AccountRef;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An account: {@code type:id}. */
public final class AccountConverter implements ITypeConverter<AccountRef> {
    @Override
    public AccountRef convert(String text) {
        try {
            return AccountRef.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no account: " + e.getMessage());
        }
    }
}

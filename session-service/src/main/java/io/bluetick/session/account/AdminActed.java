package io.bluetick.session.account;

/**
 * An admin did something: kept in the audit log, in the same transaction.
 *
 * @param actor the name in the token
 * @param action such as "account.suspend"
 * @param target an id; never a phone number
 * @param detail in words, or empty
 */
public record AdminActed(String actor, String action, String target, String detail) {}

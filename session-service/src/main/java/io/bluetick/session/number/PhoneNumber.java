package io.bluetick.session.number;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;

/** A possible phone number in E.164. It does not print itself. */
public final class PhoneNumber {
  /** The plus sign, and at most 15 digits. */
  public static final int MAX_LENGTH = 16;

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  private final String e164;

  private PhoneNumber(String e164) {
    this.e164 = e164;
  }

  /** Throws {@code invalid} unless it is a number that its country gives out, written in E.164. */
  public static PhoneNumber parse(String text) {
    try {
      if (text.length() <= MAX_LENGTH && text.startsWith("+")) {
        Phonenumber.PhoneNumber number = NUMBERS.parse(text, null);
        String e164 = NUMBERS.format(number, PhoneNumberFormat.E164);
        if (NUMBERS.isValidNumber(number) && e164.equals(text)) {
          return new PhoneNumber(e164);
        }
      }
    } catch (NumberParseException _) {
      // The same answer as for any other that is none.
    }
    throw new BluetickException(ErrorCode.INVALID, "This is no phone number in E.164 form.");
  }

  /** What was kept before needs no check: plans of numbers change. */
  static PhoneNumber ofKept(byte[] utf8) {
    return new PhoneNumber(new String(utf8, StandardCharsets.UTF_8));
  }

  public String e164() {
    return e164;
  }

  byte[] utf8() {
    return e164.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PhoneNumber number && e164.equals(number.e164);
  }

  @Override
  public int hashCode() {
    return e164.hashCode();
  }

  @Override
  public String toString() {
    return "PhoneNumber";
  }
}

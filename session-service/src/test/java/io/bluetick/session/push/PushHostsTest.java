package io.bluetick.session.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushHostsTest {
  private final PushHosts hosts =
      new PushHosts(
          List.of("fcm.googleapis.com", "*.push.apple.com", "push.example.org:8443", "10.0.0.1"),
          Set.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://FCM.googleapis.com:443/",
        "https://web.push.apple.com/Q",
        "https://push.example.org:8443/x?y=1"
      })
  void a_listed_push_service_may_be_registered(String endpoint) {
    assertThat(hosts.mayBeRegistered(URI.create(endpoint))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://fcm.googleapis.com/",
        "https://evil.example/",
        "https://fcm.googleapis.com.evil.example/",
        "https://notpush.apple.com/",
        "https://push.apple.com/",
        "https://.push.apple.com/",
        "https://evilpush.apple.com/",
        "https://fcm.googleapis.com:8443/",
        "https://push.example.org/",
        "https://user@fcm.googleapis.com/",
        "https://fcm.googleapis.com/#a",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://localhost/",
        "file:///etc/passwd",
        "/relative"
      })
  void anything_else_may_not(String endpoint) {
    assertThat(hosts.mayBeRegistered(URI.create(endpoint))).isFalse();
  }

  @Test
  void an_address_by_itself_may_not_be_registered_even_if_it_is_listed() {
    assertThat(hosts.entry(URI.create("https://10.0.0.1/"))).contains("10.0.0.1");
    assertThat(hosts.mayBeRegistered(URI.create("https://10.0.0.1/"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "ff02::1"
      })
  void addresses_that_are_not_of_the_internet_are_not_called(String address)
      throws UnknownHostException {
    assertThat(PushHosts.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "2a00:1450:4001:80b::200a"})
  void addresses_of_the_internet_are_called(String address) throws UnknownHostException {
    assertThat(PushHosts.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void a_listed_name_that_leads_to_a_private_address_is_called_only_if_that_is_set()
      throws UnknownHostException {
    URI endpoint = URI.create("https://localhost/push");
    List<String> listed = List.of("localhost");
    assertThat(new PushHosts(listed, Set.of()).mayBeCalled(endpoint)).isFalse();
    assertThat(new PushHosts(listed, Set.of("localhost")).mayBeCalled(endpoint)).isTrue();
    assertThat(new PushHosts(List.of(), Set.of("localhost")).mayBeCalled(endpoint)).isFalse();
  }
}

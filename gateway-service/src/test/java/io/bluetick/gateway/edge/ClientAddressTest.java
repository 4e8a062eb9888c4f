package io.bluetick.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.unit.DataSize;

class ClientAddressTest {

  @Test
  void a_direct_client_is_its_socket_whatever_it_says() {
    assertThat(behind(0).of(request("10.0.0.1", "1.2.3.4"))).isEqualTo("10.0.0.1");
  }

  @Test
  void our_proxies_are_believed_and_what_they_were_told_is_not() {
    MockServerHttpRequest request = request("10.0.0.1", "6.6.6.6, 1.2.3.4", "10.0.0.9");
    assertThat(behind(1).of(request)).isEqualTo("10.0.0.9");
    assertThat(behind(2).of(request)).isEqualTo("1.2.3.4");
  }

  @Test
  void too_few_entries_or_nonsense_leave_the_socket() {
    assertThat(behind(2).of(request("10.0.0.1", "1.2.3.4"))).isEqualTo("10.0.0.1");
    assertThat(behind(1).of(request("10.0.0.1", "limit:evil"))).isEqualTo("10.0.0.1");
    assertThat(behind(1).of(request("10.0.0.1"))).isEqualTo("10.0.0.1");
  }

  @Test
  void addresses_of_one_ipv6_network_count_as_one() {
    assertThat(behind(1).networkOf(request("10.0.0.1", "2001:db8:1:2:aaaa::1")))
        .isEqualTo(behind(1).networkOf(request("10.0.0.1", "2001:db8:1:2:bbbb::2")))
        .isNotEqualTo(behind(1).networkOf(request("10.0.0.1", "2001:db8:1:3::1")))
        .endsWith("/64");
    assertThat(behind(0).networkOf(request("10.0.0.1"))).isEqualTo("10.0.0.1");
  }

  private static ClientAddress behind(int proxies) {
    return new ClientAddress(
        new EdgeSettings(
            DataSize.ofKilobytes(1), Duration.ofSeconds(30), List.of(), Duration.ZERO, proxies));
  }

  private static MockServerHttpRequest request(String socket, String... forwardedFor) {
    return MockServerHttpRequest.get("/")
        .remoteAddress(new InetSocketAddress(socket, 1))
        .header("X-Forwarded-For", forwardedFor)
        .build();
  }
}

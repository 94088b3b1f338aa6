use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::fetcher::address::is_public;
use crate::fetcher::target::{self, AddressError, Reach};

fn check(address: &str) -> Result<String, AddressError> {
    target::parse(address, Reach::PUBLIC).map(|url| url.to_string())
}

#[test]
fn addresses_of_channels_are_allowed() {
    let same = [
        "https://www.airbnb.com/calendar/ical/12345.ics?s=0a1b2c",
        "https://ical.booking.com/v1/export?t=1f2e-3d",
        "https://www.vrbo.com/icalendar/abc.ics?nonTentative",
        "https://calendar.google.com/calendar/ical/a%40b.com/private-1/basic.ics",
        "https://93.184.216.34/a.ics",
        "https://[2606:4700::1111]/a.ics",
    ];
    for address in same {
        assert_eq!(check(address).as_deref(), Ok(address));
    }
    let changed = [
        ("webcal://www.airbnb.com/a.ics", "https://www.airbnb.com/a.ics"),
        ("WebCal://www.airbnb.com/a.ics", "https://www.airbnb.com/a.ics"),
        ("webcals://www.airbnb.com/a.ics", "https://www.airbnb.com/a.ics"),
        ("  HTTPS://WWW.Airbnb.com:443/a.ics#top \n", "https://www.airbnb.com/a.ics"),
        ("https://bücher.example/a.ics", "https://xn--bcher-kva.example/a.ics"),
    ];
    for (typed, fetched) in changed {
        assert_eq!(check(typed).as_deref(), Ok(fetched));
    }
}

#[test]
fn addresses_that_cannot_be_calendars_say_why() {
    use AddressError as E;
    let long = format!("https://example.com/{}", "a".repeat(2_000));
    let table = [
        ("", E::Malformed),
        ("calendar", E::Malformed),
        ("https://", E::Malformed),
        ("https://exa mple.com/", E::Malformed),
        ("https://1.2.3.4.5/", E::Malformed),
        ("https://[::1", E::Malformed),
        ("https://example.com:99999/", E::Malformed),
        (&long, E::TooLong),
        ("http://example.com/a.ics", E::NotHttps),
        ("http://example.com:443/a.ics", E::NotHttps),
        ("ftp://example.com/a.ics", E::NotHttps),
        ("file:///etc/passwd", E::NotHttps),
        ("gopher://example.com/", E::NotHttps),
        ("data:text/calendar,BEGIN:VCALENDAR", E::NotHttps),
        ("javascript:alert(1)", E::NotHttps),
        ("webcal:example.com", E::NotHttps),
        ("https://example.com:8443/a.ics", E::Port),
        ("https://example.com:80/a.ics", E::Port),
        ("webcal://example.com:22/a.ics", E::Port),
        ("https://user@example.com/a.ics", E::Credentials),
        ("https://user:word@example.com/a.ics", E::Credentials),
        ("https://:word@example.com/a.ics", E::Credentials),
        ("https://example.com@127.0.0.1/", E::Credentials),
        ("https://localhost/a.ics", E::NotPublic),
        ("https://LOCALHOST./a.ics", E::NotPublic),
        ("https://a.localhost/a.ics", E::NotPublic),
        ("https://printer.local/a.ics", E::NotPublic),
        ("https://metadata.google.internal/", E::NotPublic),
        ("https://router/a.ics", E::NotPublic),
        ("https://router.home.arpa/a.ics", E::NotPublic),
    ];
    for (address, error) in table {
        assert_eq!(check(address), Err(error), "{address}");
    }
}

#[test]
fn the_edges_of_special_networks_are_right() {
    let outside = [
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "191.255.255.255",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2000::",
        "2001:200::1",
        "2001:db7:ffff::1",
        "2001:db9::1",
        "2001:ffff::1",
        "2003::1",
        "2606:4700::1111",
        "2a00::1",
        "3ffe:ffff::1",
    ];
    let inside = [
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:93.184.216.34",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:5db8:d822::1",
        "2620:4f:8000::1",
        "3fff::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ];
    for address in outside {
        assert!(is_public(address.parse().unwrap()), "{address} is public");
    }
    for address in inside {
        assert!(!is_public(address.parse().unwrap()), "{address} is not public");
    }
}

/// Every way known to write an IPv4 address in the host of a URL.
fn notations(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let all = u32::from(address);
    let (low24, low16) = (all & 0xff_ffff, all & 0xffff);
    let dotted = address.to_string();
    let translated = |digits: &str| -> String {
        let digits: Vec<char> = digits.chars().collect();
        dotted.chars().map(|ch| ch.to_digit(10).map_or(ch, |n| digits[usize::try_from(n).unwrap()])).collect()
    };
    let percent: String = dotted.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let v6 = |segments: [u16; 8]| format!("[{}]", Ipv6Addr::from(segments));
    let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    vec![
        dotted.clone(),
        format!("{dotted}."),
        format!("{all}"),
        format!("{all:#x}"),
        format!("{all:#X}"),
        format!("0{all:o}"),
        format!("0x{all:016x}"),
        format!("{a}.{low24}"),
        format!("{a}.{b}.{low16}"),
        format!("{a}.{low24:#x}"),
        format!("0{a:o}.{b}.{low16:#x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("000{a:o}.000{b:o}.000{c:o}.000{d:o}"),
        format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
        format!("{a:#x}.0{b:o}.{c}.{d:#x}"),
        translated("０１２３４５６７８９"),
        translated("⓪①②③④⑤⑥⑦⑧⑨"),
        translated("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
        translated("⁰¹²³⁴⁵⁶⁷⁸⁹"),
        dotted.replace('.', "。"),
        dotted.replace('.', "．"),
        dotted.replace('.', "｡"),
        percent,
        dotted.replace('.', "%2e"),
        dotted.replace('.', "\t."),
        dotted.replace('.', "\u{ad}."),
        format!("[::ffff:{dotted}]"),
        format!("[::{dotted}]"),
        format!("[::ffff:0:{dotted}]"),
        format!("[64:ff9b::{dotted}]"),
        format!("[64:ff9b:1::{dotted}]"),
        v6([0, 0, 0, 0, 0, 0xffff, high, low]),
        v6([0x2002, high, low, 0, 0, 0, 0, 1]),
        v6([0x2001, 0, high, low, 0, 0, !high, !low]),
        v6([0xfe80, 0, 0, 0, 0, 0x5efe, high, low]),
        v6([0xfd00, 0, 0, 0, 0, 0, high, low]),
        format!("user@{dotted}"),
        format!("example.com@{dotted}"),
        format!("example.com:443@{dotted}"),
        format!("{dotted}:443"),
        format!("{dotted}:80"),
        format!("{dotted}:08080"),
    ]
}

#[test]
fn no_notation_of_a_local_address_gets_through() {
    let networks: &[(u32, u32)] = &[
        (0x0000_0000, 0x00ff_ffff),
        (0x0a00_0000, 0x00ff_ffff),
        (0x6440_0000, 0x003f_ffff),
        (0x7f00_0000, 0x00ff_ffff),
        (0xa9fe_0000, 0x0000_ffff),
        (0xac10_0000, 0x000f_ffff),
        (0xc000_0000, 0x0000_00ff),
        (0xc0a8_0000, 0x0000_ffff),
        (0xc612_0000, 0x0001_ffff),
        (0xe000_0000, 0x1fff_ffff),
    ];
    let mut tried = 0_usize;
    for (network, hosts) in networks {
        // The first, the last, the known ones and some in between.
        for host in [0, 1, 5, 254, 0xa9fe, 0x1234_5678, 0x0bad_cafe, u32::MAX] {
            let address = Ipv4Addr::from(network | (host & hosts));
            assert!(!is_public(IpAddr::V4(address)), "{address}");
            for notation in notations(address) {
                for (before, after) in [
                    ("https://", "/a.ics"),
                    ("webcal://", ""),
                    ("HTTPS:\\\\", "\\x"),
                    ("https:", "?x"),
                    ("https:///", "#x"),
                ] {
                    let typed = format!("{before}{notation}{after}");
                    tried += 1;
                    assert!(check(&typed).is_err(), "{typed} became {:?}", check(&typed));
                }
            }
        }
    }
    assert!(tried > 10_000, "{tried}");
}

#[test]
fn redirects_are_checked_like_addresses() {
    let from = target::parse("https://example.com/a/b.ics", Reach::PUBLIC).unwrap();
    let follow = |location| target::redirected(&from, location, Reach::PUBLIC).map(|url| url.to_string());
    assert_eq!(follow("c.ics?x=1").as_deref(), Ok("https://example.com/a/c.ics?x=1"));
    assert_eq!(follow("//other.example/c.ics").as_deref(), Ok("https://other.example/c.ics"));
    assert_eq!(follow("http://example.com/b.ics"), Err(AddressError::NotHttps));
    assert_eq!(follow("file:///etc/passwd"), Err(AddressError::NotHttps));
    assert_eq!(follow("//127.0.0.1/"), Err(AddressError::NotPublic));
    assert_eq!(follow("https://[::ffff:a9fe:a9fe]/"), Err(AddressError::NotPublic));
    assert_eq!(follow("https://a:b@example.com/"), Err(AddressError::Credentials));
    assert_eq!(follow("https://example.com:22/"), Err(AddressError::Port));
    // Even where http is allowed, a redirect does not take the lock away.
    assert_eq!(target::redirected(&from, "http://example.com/", Reach::ANYWHERE), Err(AddressError::NotHttps));
}

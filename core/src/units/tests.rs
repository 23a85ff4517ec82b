//! Money, traffic and rates, as they are read and written.
use super::*;
use proptest::prelude::*;

#[track_caller]
fn refuses<T: FromStr<Err = UnitError> + fmt::Debug>(text: &str, message: &str) {
    assert_eq!(text.parse::<T>().unwrap_err().to_string(), message);
}

#[test]
fn a_product_is_rounded_half_to_even_once() {
    for (nanos, thousandths, expected) in [
        (1, 500, 0),
        (1, 1_500, 2),
        (1, 2_500, 2),
        (1, 2_501, 3),
        (-1, 500, 0),
        (-1, 1_500, -2),
        (16, 1_000, 16),
    ] {
        let price = Money::from_nanos(Currency::USD, nanos);
        let amount = price
            .checked_mul(Quantity::from_thousandths(thousandths))
            .unwrap();
        assert_eq!(
            amount.nanos(),
            expected,
            "{nanos} nano-dollars times {thousandths} thousandths"
        );
    }
}

#[test]
fn a_product_past_the_range_is_none() {
    let price = Money::from_nanos(Currency::USD, i128::MAX);
    assert_eq!(price.checked_mul(Quantity::whole(2)), None);
    assert_eq!(price.checked_add(price), None);
}

#[test]
fn amounts_are_rounded_for_reading_half_to_even() {
    for (text, shown) in [
        ("USD 0.005", "USD 0.00"),
        ("USD 0.015", "USD 0.02"),
        ("USD 2,654.20", "USD 2,654.20"),
        ("USD -0.015", "USD -0.02"),
        ("USD 999.999", "USD 1,000.00"),
    ] {
        assert_eq!(format!("{:.2}", text.parse::<Money>().unwrap()), shown);
    }
    assert_eq!(
        format!("{:.0}", "USD 0.5".parse::<Money>().unwrap()),
        "USD 0"
    );
}

#[test]
fn refusals_say_what_was_expected_and_found() {
    refuses::<Money>("", "expected an amount such as USD 1,234.56, found nothing");
    refuses::<Money>(
        "12.50",
        "expected an amount such as USD 1,234.56, found \"12.50\"",
    );
    refuses::<Money>(
        "usd 12",
        "expected an amount such as USD 1,234.56, found \"usd 12\"",
    );
    refuses::<Money>(
        "USD 0.0000000001",
        "expected an amount such as USD 1,234.56, found \"USD 0.0000000001\": at most nine decimals",
    );
    refuses::<Quantity>("1e3", "expected a number such as 1,234.5, found \"1e3\"");
    refuses::<Quantity>(
        "-5",
        "expected a number such as 1,234.5, found \"-5\": it is negative",
    );
    refuses::<Quantity>(
        "1.0005",
        "expected a number such as 1,234.5, found \"1.0005\": at most three decimals",
    );
    refuses::<Quantity>(
        "1,00",
        "expected a number such as 1,234.5, found \"1,00\": commas stand between groups of three digits, the point before \
         decimals",
    );
    refuses::<GbPerMonth>(
        "a lot",
        "expected traffic in GB a month such as 1,000 or 2.5 TB, found \"a lot\"",
    );
    refuses::<Currency>("Euro", "expected a currency such as USD, found \"Euro\"");
}

#[test]
fn traffic_is_read_as_people_write_it() {
    for text in [
        "1000",
        "1,000",
        " 1,000 GB ",
        "1 TB",
        "1,000 GB a month",
        "1000 GB/month",
    ] {
        assert_eq!(
            text.parse::<GbPerMonth>().unwrap(),
            GbPerMonth::whole(1_000),
            "{text}"
        );
    }
    assert_eq!(
        serde_json::from_str::<GbPerMonth>("0.5")
            .unwrap()
            .0
            .thousandths(),
        500
    );
    for (number, plain) in [
        ("1.50e2", "150"),
        ("5E-1", "0.5"),
        ("0.1000", "0.1"),
        ("12.5e-2", "0.125"),
        ("1e+3", "1000"),
        ("-0", "-0"),
        ("1e99", "1e99"),
    ] {
        assert_eq!(plain_decimal(number), plain, "{number}");
    }
    assert_eq!(serde_json::to_string(&GbPerMonth::whole(5)).unwrap(), "5");
    assert!(serde_json::from_str::<GbPerMonth>("-1").is_err());
}

proptest! {
    #[test]
    fn money_reads_what_it_prints(nanos in any::<i128>(), currency in "[A-Z]{3}") {
        let money = Money::from_nanos(currency.parse().unwrap(), nanos);
        prop_assert_eq!(money.to_string().parse::<Money>().unwrap(), money);
    }

    #[test]
    fn quantities_and_traffic_read_what_they_print(thousandths in any::<u64>()) {
        let quantity = Quantity::from_thousandths(thousandths);
        prop_assert_eq!(quantity.to_string().parse::<Quantity>().unwrap(), quantity);
        let traffic = GbPerMonth(quantity);
        prop_assert_eq!(traffic.to_string().parse::<GbPerMonth>().unwrap(), traffic);
        let json = serde_json::to_string(&traffic).unwrap();
        prop_assert_eq!(serde_json::from_str::<GbPerMonth>(&json).unwrap(), traffic);
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC*") {
        let _ = text.parse::<Money>();
        let _ = text.parse::<GbPerMonth>();
    }
}

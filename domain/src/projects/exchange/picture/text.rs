//! How wide text is, near enough to cut it before it runs into the next column.

/// Widths of the letters from blank to tilde in thousandths of the size: those of Noto Sans.
const WIDTHS: [u16; 95] = [
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907,
    760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615,
    564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380,
    551, 380, 572,
];

fn letter(letter: char) -> f64 {
    let thousandths = match u32::from(letter) {
        code @ 32..=126 => WIDTHS[code as usize - 32],
        // Marks stand on the letter before them.
        0x300..=0x36f => 0,
        // Chinese, Japanese, Korean and full-width forms fill their square.
        0x1100..=0x115f
        | 0x2e80..=0xd7a3
        | 0xf900..=0xfaff
        | 0xff00..=0xff60
        | 0x1f300..=0x1faff
        | 0x20000..=0x3ffff => 1_000,
        _ => 620,
    };
    f64::from(thousandths) / 1_000.0
}

/// Width of a line in the unit of `size`.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

/// The text, or as much of it as there is room for, with an ellipsis.
pub(super) fn fitted(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room - size * 0.9;
    let mut kept = String::new();
    for next in text.chars() {
        left -= letter(next) * size;
        if left < 0.0 {
            break;
        }
        kept.push(next);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_cut_and_says_so() {
        assert_eq!(fitted("Cut blanks", 8.0, 100.0), "Cut blanks");
        let cut = fitted("Feasibility and forming simulation", 8.0, 80.0);
        assert!(cut.ends_with('…') && width(&cut, 8.0) <= 82.0, "{cut}");
        assert!(width("冲压模具", 10.0) > 39.0);
    }
}

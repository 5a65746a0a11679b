//! Bytes to text, in the encodings that MS Project and Excel write.

use std::borrow::Cow;

use crate::projects::view::ImportProblem;

/// The text of UTF-8 and, where a mark says so, UTF-16.
pub(super) fn unicode(bytes: &[u8]) -> Result<Cow<'_, str>, ImportProblem> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)])).collect();
        String::from_utf16(&units).map(Cow::Owned).map_err(|_| ImportProblem::file("the file is not UTF-16 text"))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] | rest => {
            std::str::from_utf8(rest).map(Cow::Borrowed).map_err(|_| ImportProblem::file("the file is not UTF-8 text"))
        }
    }
}

/// As [`unicode`]; what is neither is taken for the code page in which Excel saves CSV in western Europe, and said so.
pub(super) fn any(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<ImportProblem>), ImportProblem> {
    match unicode(bytes) {
        Ok(text) => Ok((text, None)),
        Err(fault) if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) => Err(fault),
        Err(_) if bytes.contains(&0) => Err(ImportProblem::file("the file is not text")),
        Err(_) => {
            let note = "the file is not UTF-8; it is read as Windows-1252, so look at its accents";
            Ok((Cow::Owned(bytes.iter().map(|byte| western(*byte)).collect()), Some(ImportProblem::file(note))))
        }
    }
}

/// Windows-1252: Latin-1 but for 0x80 to 0x9f.
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|index| HIGH.get(usize::from(index))).copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Fräsen".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(unicode(&wide).expect("UTF-16"), "Fräsen");
        assert_eq!(unicode("\u{feff}Fräsen".as_bytes()).expect("UTF-8"), "Fräsen");
        let (text, note) = any(b"Fr\xe4sen \x80").expect("Windows-1252");
        assert_eq!(text, "Fräsen €");
        assert!(note.is_some_and(|note| note.reason.contains("Windows-1252")));
        assert!(any(b"\x00\xff").is_err());
    }
}

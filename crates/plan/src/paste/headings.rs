//! What columns and rows are called, in the languages whose months are known.

use super::calendar::{self, Word, folded};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Date(Piece),
    Value,
    Note,
    Kpi,
    Target,
    Unit,
}

/// What a column of dates holds, as its heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Whole,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// All folded.
const HEADINGS: &[(Role, &[&str])] = &[
    (
        Role::Date(Piece::Whole),
        &[
            "date",
            "dates",
            "datum",
            "dato",
            "fecha",
            "data",
            "paiva",
            "paivamaara",
            "pvm",
            "timestamp",
            "time stamp",
            "zeitstempel",
            "period",
            "periode",
            "periodo",
            "kausi",
            "time",
            "日付",
            "日期",
            "年月日",
            "التاريخ",
            "تاريخ",
        ],
    ),
    (Role::Date(Piece::Day), &["day", "tag", "jour", "dia", "giorno", "dag", "日", "اليوم", "يوم"]),
    (
        Role::Date(Piece::Week),
        &[
            "week",
            "woche",
            "kw",
            "semaine",
            "semana",
            "settimana",
            "uge",
            "uke",
            "vecka",
            "viikko",
            "週",
            "周",
            "أسبوع",
        ],
    ),
    (
        Role::Date(Piece::Month),
        &["month", "monat", "mois", "mes", "mese", "maand", "maned", "manad", "kuukausi", "月", "月份", "الشهر", "شهر"],
    ),
    (
        Role::Date(Piece::Quarter),
        &["quarter", "quartal", "trimestre", "kwartaal", "kvartal", "neljannes", "四半期", "季度"],
    ),
    (
        Role::Date(Piece::Year),
        &[
            "year",
            "jahr",
            "annee",
            "an",
            "ano",
            "anno",
            "jaar",
            "ar",
            "vuosi",
            "年",
            "年份",
            "السنة",
            "سنة",
            "fiscal year",
        ],
    ),
    (
        Role::Value,
        &[
            "value",
            "values",
            "reading",
            "readings",
            "actual",
            "actuals",
            "number",
            "amount",
            "verdi",
            "vaerdi",
            "værdi",
            "wert",
            "ist",
            "valeur",
            "valor",
            "valore",
            "waarde",
            "varde",
            "arvo",
            "値",
            "数值",
            "值",
            "القيمة",
            "قيمة",
        ],
    ),
    (
        Role::Note,
        &[
            "note",
            "notes",
            "comment",
            "comments",
            "comment text",
            "remark",
            "remarks",
            "kommentar",
            "notat",
            "notiz",
            "bemerkung",
            "anmerkung",
            "commentaire",
            "remarque",
            "comentario",
            "nota",
            "notas",
            "commento",
            "opmerking",
            "anteckning",
            "huomautus",
            "kommentti",
            "備考",
            "备注",
            "ملاحظة",
        ],
    ),
    (
        Role::Kpi,
        &[
            "kpi",
            "name",
            "kpi name",
            "measure",
            "metric",
            "indicator",
            "navn",
            "namn",
            "nimi",
            "naam",
            "nom",
            "nombre",
            "nome",
            "kennzahl",
            "habit name",
            "指標",
            "指标",
            "المؤشر",
        ],
    ),
    (
        Role::Target,
        &[
            "target",
            "goal",
            "plan",
            "mal",
            "ziel",
            "soll",
            "objectif",
            "objetivo",
            "meta",
            "obiettivo",
            "doel",
            "tavoite",
            "目標",
            "目标",
        ],
    ),
    (
        Role::Unit,
        &[
            "unit", "units", "einheit", "enhet", "enhed", "unite", "unidad", "unidade", "unita", "eenheid", "yksikko",
            "単位", "单位",
        ],
    ),
];

/// Words for a total or another figure that is made of others.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "subtotal",
    "sum",
    "summe",
    "gesamt",
    "insgesamt",
    "zwischensumme",
    "totaal",
    "totale",
    "somme",
    "suma",
    "soma",
    "somma",
    "yhteensa",
    "i alt",
    "summa",
    "totalt",
    "average",
    "avg",
    "mean",
    "mittelwert",
    "durchschnitt",
    "moyenne",
    "media",
    "gemiddelde",
    "gennemsnit",
    "genomsnitt",
    "gjennomsnitt",
    "snitt",
    "keskiarvo",
    "合計",
    "合计",
    "总计",
    "平均",
    "المجموع",
    "متوسط",
    "Σ",
    "σ",
    "ytd",
];

/// What a heading says of its column; `CommentText` is two words.
pub(super) fn role(heading: &str) -> Option<Role> {
    if heading.len() > 40 || !has_letter(heading) {
        return None;
    }
    let spaced = folded(&spaced(heading));
    let spaced = spaced.trim_matches([':', ' ']);
    HEADINGS.iter().find(|(_, names)| names.contains(&spaced)).map(|(role, _)| *role)
}

/// `CommentText` and `comment_text` as two words.
fn spaced(heading: &str) -> String {
    let mut text = String::new();
    let mut lower = false;
    for c in heading.chars() {
        if lower && c.is_uppercase() {
            text.push(' ');
        }
        lower = c.is_lowercase();
        text.push(if c == '_' { ' ' } else { c });
    }
    text
}

/// Most cells have none, and many are looked at.
fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// Whether a text is a word for a total and nothing else.
pub(super) fn is_total(text: &str) -> bool {
    if !has_letter(text) {
        return false;
    }
    let folded = folded(text);
    let folded = folded.trim_matches([':', '*', ' ', '=']);
    let folded = folded.strip_prefix("grand ").or_else(|| folded.strip_suffix(" general")).unwrap_or(folded);
    text.len() <= 40 && TOTALS.contains(&folded)
}

/// Whether a text in place of a date has a word for a total: `Total 2026`.
pub(super) fn is_total_of_dates(text: &str) -> bool {
    text.len() <= 60
        && has_letter(text)
        && (is_total(text) || {
            let dated =
                |word: &str| word.chars().any(|c| c.is_ascii_digit()) || calendar::word(word, &[]) != Word::Unknown;
            let mut words = text.split([' ', ':', '-']).filter(|word| !word.is_empty());
            let mut totals = 0;
            words.all(|word| {
                totals += usize::from(is_total(word));
                is_total(word) || dated(word)
            }) && totals > 0
        })
}

//! Countries: their names, and the currency and time zones to propose for an organization or a property in them.

use std::cmp::Ordering;

use crate::{Currency, Language, Zone, fold};

/// A country or territory of ISO 3166-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    row: &'static Row,
}

/// Code, English name, Spanish name, currency, zones separated by spaces with the main one first.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

impl Country {
    /// The two-letter code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.row.0
    }

    /// The name people know it by.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match language {
            Language::English => self.row.1,
            Language::Spanish => self.row.2,
        }
    }

    /// The currency to propose.
    #[must_use]
    pub fn currency(self) -> Option<Currency> {
        self.row.3.parse().ok()
    }

    /// Its time zones, the one to propose first.
    #[must_use]
    pub fn zones(self) -> Vec<Zone> {
        self.row.4.split(' ').filter_map(|name| name.parse().ok()).collect()
    }
}

/// The country with this two-letter code.
#[must_use]
pub fn by_code(code: &str) -> Option<Country> {
    TABLE.binary_search_by(|row| row.0.cmp(code)).ok().and_then(|index| TABLE.get(index)).map(|row| Country { row })
}

/// Every country, by name in a language.
#[must_use]
pub fn all_sorted(language: Language) -> Vec<Country> {
    let mut countries: Vec<Country> = TABLE.iter().map(|row| Country { row }).collect();
    countries.sort_by(|a, b| by_name(a.name(language), b.name(language)));
    countries
}

/// The time zones of a country, the one to propose first; none for an unknown code.
#[must_use]
pub fn zones_of(code: &str) -> Vec<Zone> {
    by_code(code).map(Country::zones).unwrap_or_default()
}

/// Accents and case do not count: Åland stands among the A.
fn by_name(a: &str, b: &str) -> Ordering {
    fold(a).cmp(&fold(b))
}

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("AD", "Andorra", "Andorra", "EUR", "Europe/Andorra"),
    ("AE", "United Arab Emirates", "Emiratos Árabes Unidos", "AED", "Asia/Dubai"),
    ("AF", "Afghanistan", "Afganistán", "AFN", "Asia/Kabul"),
    ("AG", "Antigua and Barbuda", "Antigua y Barbuda", "XCD", "America/Antigua"),
    ("AI", "Anguilla", "Anguila", "XCD", "America/Anguilla"),
    ("AL", "Albania", "Albania", "ALL", "Europe/Tirane"),
    ("AM", "Armenia", "Armenia", "AMD", "Asia/Yerevan"),
    ("AO", "Angola", "Angola", "AOA", "Africa/Luanda"),
    ("AQ", "Antarctica", "Antártida", "USD", "Antarctica/McMurdo Antarctica/Casey Antarctica/Davis Antarctica/DumontDUrville Antarctica/Mawson Antarctica/Palmer Antarctica/Rothera Antarctica/Syowa Antarctica/Troll Antarctica/Vostok"),
    ("AR", "Argentina", "Argentina", "ARS", "America/Argentina/Buenos_Aires America/Argentina/Cordoba America/Argentina/Salta America/Argentina/Jujuy America/Argentina/Tucuman America/Argentina/Catamarca America/Argentina/La_Rioja America/Argentina/San_Juan America/Argentina/Mendoza America/Argentina/San_Luis America/Argentina/Rio_Gallegos America/Argentina/Ushuaia"),
    ("AS", "American Samoa", "Samoa Americana", "USD", "Pacific/Pago_Pago"),
    ("AT", "Austria", "Austria", "EUR", "Europe/Vienna"),
    ("AU", "Australia", "Australia", "AUD", "Australia/Sydney Australia/Lord_Howe Antarctica/Macquarie Australia/Hobart Australia/Melbourne Australia/Broken_Hill Australia/Brisbane Australia/Lindeman Australia/Adelaide Australia/Darwin Australia/Perth Australia/Eucla"),
    ("AW", "Aruba", "Aruba", "AWG", "America/Aruba"),
    ("AX", "Åland Islands", "Islas Åland", "EUR", "Europe/Mariehamn"),
    ("AZ", "Azerbaijan", "Azerbaiyán", "AZN", "Asia/Baku"),
    ("BA", "Bosnia and Herzegovina", "Bosnia y Herzegovina", "BAM", "Europe/Sarajevo"),
    ("BB", "Barbados", "Barbados", "BBD", "America/Barbados"),
    ("BD", "Bangladesh", "Bangladés", "BDT", "Asia/Dhaka"),
    ("BE", "Belgium", "Bélgica", "EUR", "Europe/Brussels"),
    ("BF", "Burkina Faso", "Burkina Faso", "XOF", "Africa/Ouagadougou"),
    ("BG", "Bulgaria", "Bulgaria", "EUR", "Europe/Sofia"),
    ("BH", "Bahrain", "Baréin", "BHD", "Asia/Bahrain"),
    ("BI", "Burundi", "Burundi", "BIF", "Africa/Bujumbura"),
    ("BJ", "Benin", "Benín", "XOF", "Africa/Porto-Novo"),
    ("BL", "Saint Barthélemy", "San Bartolomé", "EUR", "America/St_Barthelemy"),
    ("BM", "Bermuda", "Bermudas", "BMD", "Atlantic/Bermuda"),
    ("BN", "Brunei", "Brunéi", "BND", "Asia/Brunei"),
    ("BO", "Bolivia", "Bolivia", "BOB", "America/La_Paz"),
    ("BQ", "Caribbean Netherlands", "Caribe neerlandés", "USD", "America/Kralendijk"),
    ("BR", "Brazil", "Brasil", "BRL", "America/Sao_Paulo America/Noronha America/Belem America/Fortaleza America/Recife America/Araguaina America/Maceio America/Bahia America/Campo_Grande America/Cuiaba America/Santarem America/Porto_Velho America/Boa_Vista America/Manaus America/Eirunepe America/Rio_Branco"),
    ("BS", "Bahamas", "Bahamas", "BSD", "America/Nassau"),
    ("BT", "Bhutan", "Bután", "BTN", "Asia/Thimphu"),
    ("BV", "Bouvet Island", "Isla Bouvet", "NOK", "Europe/Oslo"),
    ("BW", "Botswana", "Botsuana", "BWP", "Africa/Gaborone"),
    ("BY", "Belarus", "Bielorrusia", "BYN", "Europe/Minsk"),
    ("BZ", "Belize", "Belice", "BZD", "America/Belize"),
    ("CA", "Canada", "Canadá", "CAD", "America/Toronto America/St_Johns America/Halifax America/Glace_Bay America/Moncton America/Goose_Bay America/Blanc-Sablon America/Iqaluit America/Atikokan America/Winnipeg America/Resolute America/Rankin_Inlet America/Regina America/Swift_Current America/Edmonton America/Cambridge_Bay America/Inuvik America/Creston America/Dawson_Creek America/Fort_Nelson America/Whitehorse America/Dawson America/Vancouver"),
    ("CC", "Cocos Islands", "Islas Cocos", "AUD", "Indian/Cocos"),
    ("CD", "Congo (Democratic Republic)", "Congo (República Democrática)", "CDF", "Africa/Kinshasa Africa/Lubumbashi"),
    ("CF", "Central African Republic", "República Centroafricana", "XAF", "Africa/Bangui"),
    ("CG", "Congo (Republic)", "Congo (República)", "XAF", "Africa/Brazzaville"),
    ("CH", "Switzerland", "Suiza", "CHF", "Europe/Zurich"),
    ("CI", "Ivory Coast", "Costa de Marfil", "XOF", "Africa/Abidjan"),
    ("CK", "Cook Islands", "Islas Cook", "NZD", "Pacific/Rarotonga"),
    ("CL", "Chile", "Chile", "CLP", "America/Santiago America/Coyhaique America/Punta_Arenas Pacific/Easter"),
    ("CM", "Cameroon", "Camerún", "XAF", "Africa/Douala"),
    ("CN", "China", "China", "CNY", "Asia/Shanghai Asia/Urumqi"),
    ("CO", "Colombia", "Colombia", "COP", "America/Bogota"),
    ("CR", "Costa Rica", "Costa Rica", "CRC", "America/Costa_Rica"),
    ("CU", "Cuba", "Cuba", "CUP", "America/Havana"),
    ("CV", "Cape Verde", "Cabo Verde", "CVE", "Atlantic/Cape_Verde"),
    ("CW", "Curaçao", "Curazao", "XCG", "America/Curacao"),
    ("CX", "Christmas Island", "Isla de Navidad", "AUD", "Indian/Christmas"),
    ("CY", "Cyprus", "Chipre", "EUR", "Asia/Nicosia Asia/Famagusta"),
    ("CZ", "Czechia", "Chequia", "CZK", "Europe/Prague"),
    ("DE", "Germany", "Alemania", "EUR", "Europe/Berlin Europe/Busingen"),
    ("DJ", "Djibouti", "Yibuti", "DJF", "Africa/Djibouti"),
    ("DK", "Denmark", "Dinamarca", "DKK", "Europe/Copenhagen"),
    ("DM", "Dominica", "Dominica", "XCD", "America/Dominica"),
    ("DO", "Dominican Republic", "República Dominicana", "DOP", "America/Santo_Domingo"),
    ("DZ", "Algeria", "Argelia", "DZD", "Africa/Algiers"),
    ("EC", "Ecuador", "Ecuador", "USD", "America/Guayaquil Pacific/Galapagos"),
    ("EE", "Estonia", "Estonia", "EUR", "Europe/Tallinn"),
    ("EG", "Egypt", "Egipto", "EGP", "Africa/Cairo"),
    ("EH", "Western Sahara", "Sáhara Occidental", "MAD", "Africa/El_Aaiun"),
    ("ER", "Eritrea", "Eritrea", "ERN", "Africa/Asmara"),
    ("ES", "Spain", "España", "EUR", "Europe/Madrid Africa/Ceuta Atlantic/Canary"),
    ("ET", "Ethiopia", "Etiopía", "ETB", "Africa/Addis_Ababa"),
    ("FI", "Finland", "Finlandia", "EUR", "Europe/Helsinki"),
    ("FJ", "Fiji", "Fiyi", "FJD", "Pacific/Fiji"),
    ("FK", "Falkland Islands", "Islas Malvinas", "FKP", "Atlantic/Stanley"),
    ("FM", "Micronesia", "Micronesia", "USD", "Pacific/Pohnpei Pacific/Chuuk Pacific/Kosrae"),
    ("FO", "Faroe Islands", "Islas Feroe", "DKK", "Atlantic/Faroe"),
    ("FR", "France", "Francia", "EUR", "Europe/Paris"),
    ("GA", "Gabon", "Gabón", "XAF", "Africa/Libreville"),
    ("GB", "United Kingdom", "Reino Unido", "GBP", "Europe/London"),
    ("GD", "Grenada", "Granada", "XCD", "America/Grenada"),
    ("GE", "Georgia", "Georgia", "GEL", "Asia/Tbilisi"),
    ("GF", "French Guiana", "Guayana Francesa", "EUR", "America/Cayenne"),
    ("GG", "Guernsey", "Guernesey", "GBP", "Europe/Guernsey"),
    ("GH", "Ghana", "Ghana", "GHS", "Africa/Accra"),
    ("GI", "Gibraltar", "Gibraltar", "GIP", "Europe/Gibraltar"),
    ("GL", "Greenland", "Groenlandia", "DKK", "America/Nuuk America/Danmarkshavn America/Scoresbysund America/Thule"),
    ("GM", "Gambia", "Gambia", "GMD", "Africa/Banjul"),
    ("GN", "Guinea", "Guinea", "GNF", "Africa/Conakry"),
    ("GP", "Guadeloupe", "Guadalupe", "EUR", "America/Guadeloupe"),
    ("GQ", "Equatorial Guinea", "Guinea Ecuatorial", "XAF", "Africa/Malabo"),
    ("GR", "Greece", "Grecia", "EUR", "Europe/Athens"),
    ("GS", "South Georgia and South Sandwich Islands", "Islas Georgia del Sur y Sandwich del Sur", "GBP", "Atlantic/South_Georgia"),
    ("GT", "Guatemala", "Guatemala", "GTQ", "America/Guatemala"),
    ("GU", "Guam", "Guam", "USD", "Pacific/Guam"),
    ("GW", "Guinea-Bissau", "Guinea-Bisáu", "XOF", "Africa/Bissau"),
    ("GY", "Guyana", "Guyana", "GYD", "America/Guyana"),
    ("HK", "Hong Kong", "Hong Kong", "HKD", "Asia/Hong_Kong"),
    ("HM", "Heard and McDonald Islands", "Islas Heard y McDonald", "AUD", "Indian/Kerguelen"),
    ("HN", "Honduras", "Honduras", "HNL", "America/Tegucigalpa"),
    ("HR", "Croatia", "Croacia", "EUR", "Europe/Zagreb"),
    ("HT", "Haiti", "Haití", "HTG", "America/Port-au-Prince"),
    ("HU", "Hungary", "Hungría", "HUF", "Europe/Budapest"),
    ("ID", "Indonesia", "Indonesia", "IDR", "Asia/Jakarta Asia/Pontianak Asia/Makassar Asia/Jayapura"),
    ("IE", "Ireland", "Irlanda", "EUR", "Europe/Dublin"),
    ("IL", "Israel", "Israel", "ILS", "Asia/Jerusalem"),
    ("IM", "Isle of Man", "Isla de Man", "GBP", "Europe/Isle_of_Man"),
    ("IN", "India", "India", "INR", "Asia/Kolkata"),
    ("IO", "British Indian Ocean Territory", "Territorio Británico del Océano Índico", "USD", "Indian/Chagos"),
    ("IQ", "Iraq", "Irak", "IQD", "Asia/Baghdad"),
    ("IR", "Iran", "Irán", "IRR", "Asia/Tehran"),
    ("IS", "Iceland", "Islandia", "ISK", "Atlantic/Reykjavik"),
    ("IT", "Italy", "Italia", "EUR", "Europe/Rome"),
    ("JE", "Jersey", "Jersey", "GBP", "Europe/Jersey"),
    ("JM", "Jamaica", "Jamaica", "JMD", "America/Jamaica"),
    ("JO", "Jordan", "Jordania", "JOD", "Asia/Amman"),
    ("JP", "Japan", "Japón", "JPY", "Asia/Tokyo"),
    ("KE", "Kenya", "Kenia", "KES", "Africa/Nairobi"),
    ("KG", "Kyrgyzstan", "Kirguistán", "KGS", "Asia/Bishkek"),
    ("KH", "Cambodia", "Camboya", "KHR", "Asia/Phnom_Penh"),
    ("KI", "Kiribati", "Kiribati", "AUD", "Pacific/Tarawa Pacific/Kanton Pacific/Kiritimati"),
    ("KM", "Comoros", "Comoras", "KMF", "Indian/Comoro"),
    ("KN", "Saint Kitts and Nevis", "San Cristóbal y Nieves", "XCD", "America/St_Kitts"),
    ("KP", "North Korea", "Corea del Norte", "KPW", "Asia/Pyongyang"),
    ("KR", "South Korea", "Corea del Sur", "KRW", "Asia/Seoul"),
    ("KW", "Kuwait", "Kuwait", "KWD", "Asia/Kuwait"),
    ("KY", "Cayman Islands", "Islas Caimán", "KYD", "America/Cayman"),
    ("KZ", "Kazakhstan", "Kazajistán", "KZT", "Asia/Almaty Asia/Qyzylorda Asia/Qostanay Asia/Aqtobe Asia/Aqtau Asia/Atyrau Asia/Oral"),
    ("LA", "Laos", "Laos", "LAK", "Asia/Vientiane"),
    ("LB", "Lebanon", "Líbano", "LBP", "Asia/Beirut"),
    ("LC", "Saint Lucia", "Santa Lucía", "XCD", "America/St_Lucia"),
    ("LI", "Liechtenstein", "Liechtenstein", "CHF", "Europe/Vaduz"),
    ("LK", "Sri Lanka", "Sri Lanka", "LKR", "Asia/Colombo"),
    ("LR", "Liberia", "Liberia", "LRD", "Africa/Monrovia"),
    ("LS", "Lesotho", "Lesoto", "LSL", "Africa/Maseru"),
    ("LT", "Lithuania", "Lituania", "EUR", "Europe/Vilnius"),
    ("LU", "Luxembourg", "Luxemburgo", "EUR", "Europe/Luxembourg"),
    ("LV", "Latvia", "Letonia", "EUR", "Europe/Riga"),
    ("LY", "Libya", "Libia", "LYD", "Africa/Tripoli"),
    ("MA", "Morocco", "Marruecos", "MAD", "Africa/Casablanca"),
    ("MC", "Monaco", "Mónaco", "EUR", "Europe/Monaco"),
    ("MD", "Moldova", "Moldavia", "MDL", "Europe/Chisinau"),
    ("ME", "Montenegro", "Montenegro", "EUR", "Europe/Podgorica"),
    ("MF", "Saint Martin", "San Martín", "EUR", "America/Marigot"),
    ("MG", "Madagascar", "Madagascar", "MGA", "Indian/Antananarivo"),
    ("MH", "Marshall Islands", "Islas Marshall", "USD", "Pacific/Majuro Pacific/Kwajalein"),
    ("MK", "North Macedonia", "Macedonia del Norte", "MKD", "Europe/Skopje"),
    ("ML", "Mali", "Mali", "XOF", "Africa/Bamako"),
    ("MM", "Myanmar", "Myanmar (Birmania)", "MMK", "Asia/Yangon"),
    ("MN", "Mongolia", "Mongolia", "MNT", "Asia/Ulaanbaatar Asia/Hovd"),
    ("MO", "Macao", "Macao", "MOP", "Asia/Macau"),
    ("MP", "Northern Mariana Islands", "Islas Marianas del Norte", "USD", "Pacific/Saipan"),
    ("MQ", "Martinique", "Martinica", "EUR", "America/Martinique"),
    ("MR", "Mauritania", "Mauritania", "MRU", "Africa/Nouakchott"),
    ("MS", "Montserrat", "Montserrat", "XCD", "America/Montserrat"),
    ("MT", "Malta", "Malta", "EUR", "Europe/Malta"),
    ("MU", "Mauritius", "Mauricio", "MUR", "Indian/Mauritius"),
    ("MV", "Maldives", "Maldivas", "MVR", "Indian/Maldives"),
    ("MW", "Malawi", "Malaui", "MWK", "Africa/Blantyre"),
    ("MX", "Mexico", "México", "MXN", "America/Mexico_City America/Cancun America/Merida America/Monterrey America/Matamoros America/Chihuahua America/Ciudad_Juarez America/Ojinaga America/Mazatlan America/Bahia_Banderas America/Hermosillo America/Tijuana"),
    ("MY", "Malaysia", "Malasia", "MYR", "Asia/Kuala_Lumpur Asia/Kuching"),
    ("MZ", "Mozambique", "Mozambique", "MZN", "Africa/Maputo"),
    ("NA", "Namibia", "Namibia", "NAD", "Africa/Windhoek"),
    ("NC", "New Caledonia", "Nueva Caledonia", "XPF", "Pacific/Noumea"),
    ("NE", "Niger", "Níger", "XOF", "Africa/Niamey"),
    ("NF", "Norfolk Island", "Isla Norfolk", "AUD", "Pacific/Norfolk"),
    ("NG", "Nigeria", "Nigeria", "NGN", "Africa/Lagos"),
    ("NI", "Nicaragua", "Nicaragua", "NIO", "America/Managua"),
    ("NL", "Netherlands", "Países Bajos", "EUR", "Europe/Amsterdam"),
    ("NO", "Norway", "Noruega", "NOK", "Europe/Oslo"),
    ("NP", "Nepal", "Nepal", "NPR", "Asia/Kathmandu"),
    ("NR", "Nauru", "Nauru", "AUD", "Pacific/Nauru"),
    ("NU", "Niue", "Niue", "NZD", "Pacific/Niue"),
    ("NZ", "New Zealand", "Nueva Zelanda", "NZD", "Pacific/Auckland Pacific/Chatham"),
    ("OM", "Oman", "Omán", "OMR", "Asia/Muscat"),
    ("PA", "Panama", "Panamá", "PAB", "America/Panama"),
    ("PE", "Peru", "Perú", "PEN", "America/Lima"),
    ("PF", "French Polynesia", "Polinesia Francesa", "XPF", "Pacific/Tahiti Pacific/Marquesas Pacific/Gambier"),
    ("PG", "Papua New Guinea", "Papúa Nueva Guinea", "PGK", "Pacific/Port_Moresby Pacific/Bougainville"),
    ("PH", "Philippines", "Filipinas", "PHP", "Asia/Manila"),
    ("PK", "Pakistan", "Pakistán", "PKR", "Asia/Karachi"),
    ("PL", "Poland", "Polonia", "PLN", "Europe/Warsaw"),
    ("PM", "Saint Pierre and Miquelon", "San Pedro y Miquelón", "EUR", "America/Miquelon"),
    ("PN", "Pitcairn Islands", "Islas Pitcairn", "NZD", "Pacific/Pitcairn"),
    ("PR", "Puerto Rico", "Puerto Rico", "USD", "America/Puerto_Rico"),
    ("PS", "Palestine", "Palestina", "ILS", "Asia/Hebron Asia/Gaza"),
    ("PT", "Portugal", "Portugal", "EUR", "Europe/Lisbon Atlantic/Madeira Atlantic/Azores"),
    ("PW", "Palau", "Palaos", "USD", "Pacific/Palau"),
    ("PY", "Paraguay", "Paraguay", "PYG", "America/Asuncion"),
    ("QA", "Qatar", "Catar", "QAR", "Asia/Qatar"),
    ("RE", "Réunion", "Reunión", "EUR", "Indian/Reunion"),
    ("RO", "Romania", "Rumanía", "RON", "Europe/Bucharest"),
    ("RS", "Serbia", "Serbia", "RSD", "Europe/Belgrade"),
    ("RU", "Russia", "Rusia", "RUB", "Europe/Moscow Europe/Kaliningrad Europe/Kirov Europe/Volgograd Europe/Astrakhan Europe/Saratov Europe/Ulyanovsk Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Barnaul Asia/Tomsk Asia/Novokuznetsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Chita Asia/Yakutsk Asia/Khandyga Asia/Vladivostok Asia/Ust-Nera Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Asia/Kamchatka Asia/Anadyr"),
    ("RW", "Rwanda", "Ruanda", "RWF", "Africa/Kigali"),
    ("SA", "Saudi Arabia", "Arabia Saudí", "SAR", "Asia/Riyadh"),
    ("SB", "Solomon Islands", "Islas Salomón", "SBD", "Pacific/Guadalcanal"),
    ("SC", "Seychelles", "Seychelles", "SCR", "Indian/Mahe"),
    ("SD", "Sudan", "Sudán", "SDG", "Africa/Khartoum"),
    ("SE", "Sweden", "Suecia", "SEK", "Europe/Stockholm"),
    ("SG", "Singapore", "Singapur", "SGD", "Asia/Singapore"),
    ("SH", "Saint Helena", "Santa Elena", "SHP", "Atlantic/St_Helena"),
    ("SI", "Slovenia", "Eslovenia", "EUR", "Europe/Ljubljana"),
    ("SJ", "Svalbard and Jan Mayen", "Svalbard y Jan Mayen", "NOK", "Arctic/Longyearbyen"),
    ("SK", "Slovakia", "Eslovaquia", "EUR", "Europe/Bratislava"),
    ("SL", "Sierra Leone", "Sierra Leona", "SLE", "Africa/Freetown"),
    ("SM", "San Marino", "San Marino", "EUR", "Europe/San_Marino"),
    ("SN", "Senegal", "Senegal", "XOF", "Africa/Dakar"),
    ("SO", "Somalia", "Somalia", "SOS", "Africa/Mogadishu"),
    ("SR", "Suriname", "Surinam", "SRD", "America/Paramaribo"),
    ("SS", "South Sudan", "Sudán del Sur", "SSP", "Africa/Juba"),
    ("ST", "São Tomé and Príncipe", "Santo Tomé y Príncipe", "STN", "Africa/Sao_Tome"),
    ("SV", "El Salvador", "El Salvador", "USD", "America/El_Salvador"),
    ("SX", "Sint Maarten", "Sint Maarten", "XCG", "America/Lower_Princes"),
    ("SY", "Syria", "Siria", "SYP", "Asia/Damascus"),
    ("SZ", "Eswatini", "Esuatini", "SZL", "Africa/Mbabane"),
    ("TC", "Turks and Caicos Islands", "Islas Turcas y Caicos", "USD", "America/Grand_Turk"),
    ("TD", "Chad", "Chad", "XAF", "Africa/Ndjamena"),
    ("TF", "French Southern Territories", "Territorios Australes Franceses", "EUR", "Indian/Kerguelen"),
    ("TG", "Togo", "Togo", "XOF", "Africa/Lome"),
    ("TH", "Thailand", "Tailandia", "THB", "Asia/Bangkok"),
    ("TJ", "Tajikistan", "Tayikistán", "TJS", "Asia/Dushanbe"),
    ("TK", "Tokelau", "Tokelau", "NZD", "Pacific/Fakaofo"),
    ("TL", "Timor-Leste", "Timor-Leste", "USD", "Asia/Dili"),
    ("TM", "Turkmenistan", "Turkmenistán", "TMT", "Asia/Ashgabat"),
    ("TN", "Tunisia", "Túnez", "TND", "Africa/Tunis"),
    ("TO", "Tonga", "Tonga", "TOP", "Pacific/Tongatapu"),
    ("TR", "Turkey", "Turquía", "TRY", "Europe/Istanbul"),
    ("TT", "Trinidad and Tobago", "Trinidad y Tobago", "TTD", "America/Port_of_Spain"),
    ("TV", "Tuvalu", "Tuvalu", "AUD", "Pacific/Funafuti"),
    ("TW", "Taiwan", "Taiwán", "TWD", "Asia/Taipei"),
    ("TZ", "Tanzania", "Tanzania", "TZS", "Africa/Dar_es_Salaam"),
    ("UA", "Ukraine", "Ucrania", "UAH", "Europe/Kyiv Europe/Simferopol"),
    ("UG", "Uganda", "Uganda", "UGX", "Africa/Kampala"),
    ("UM", "United States Minor Outlying Islands", "Islas menores de Estados Unidos", "USD", "Pacific/Wake Pacific/Midway"),
    ("US", "United States", "Estados Unidos", "USD", "America/New_York America/Detroit America/Kentucky/Louisville America/Kentucky/Monticello America/Indiana/Indianapolis America/Indiana/Vincennes America/Indiana/Winamac America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Chicago America/Indiana/Tell_City America/Indiana/Knox America/Menominee America/North_Dakota/Center America/North_Dakota/New_Salem America/North_Dakota/Beulah America/Denver America/Boise America/Phoenix America/Los_Angeles America/Anchorage America/Juneau America/Sitka America/Metlakatla America/Yakutat America/Nome America/Adak Pacific/Honolulu"),
    ("UY", "Uruguay", "Uruguay", "UYU", "America/Montevideo"),
    ("UZ", "Uzbekistan", "Uzbekistán", "UZS", "Asia/Tashkent Asia/Samarkand"),
    ("VA", "Vatican City", "Ciudad del Vaticano", "EUR", "Europe/Vatican"),
    ("VC", "Saint Vincent and Grenadines", "San Vicente y las Granadinas", "XCD", "America/St_Vincent"),
    ("VE", "Venezuela", "Venezuela", "VES", "America/Caracas"),
    ("VG", "British Virgin Islands", "Islas Vírgenes Británicas", "USD", "America/Tortola"),
    ("VI", "US Virgin Islands", "Islas Vírgenes de EE. UU.", "USD", "America/St_Thomas"),
    ("VN", "Vietnam", "Vietnam", "VND", "Asia/Ho_Chi_Minh"),
    ("VU", "Vanuatu", "Vanuatu", "VUV", "Pacific/Efate"),
    ("WF", "Wallis and Futuna", "Wallis y Futuna", "XPF", "Pacific/Wallis"),
    ("WS", "Samoa", "Samoa", "WST", "Pacific/Apia"),
    ("YE", "Yemen", "Yemen", "YER", "Asia/Aden"),
    ("YT", "Mayotte", "Mayotte", "EUR", "Indian/Mayotte"),
    ("ZA", "South Africa", "Sudáfrica", "ZAR", "Africa/Johannesburg"),
    ("ZM", "Zambia", "Zambia", "ZMW", "Africa/Lusaka"),
    ("ZW", "Zimbabwe", "Zimbabue", "ZWG", "Africa/Harare"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_usable() {
        assert_eq!(TABLE.len(), 249);
        for row in TABLE {
            let (code, english, spanish, currency, zones) = *row;
            assert!(code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
            assert!(!english.is_empty() && !spanish.is_empty(), "{code}");
            assert!(currency.parse::<Currency>().is_ok(), "{code}: {currency}");
            for zone in zones.split(' ') {
                assert!(zone.parse::<Zone>().is_ok(), "{code}: {zone}");
            }
        }
    }

    #[test]
    fn codes_are_in_order_and_names_unique() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for language in Language::ALL {
            let mut names: Vec<_> = all_sorted(*language).into_iter().map(|country| country.name(*language)).collect();
            names.dedup();
            assert_eq!(names.len(), TABLE.len());
        }
    }

    #[test]
    fn a_country_proposes_its_currency_and_main_zone() {
        let country = |code| {
            let country = by_code(code).unwrap();
            (country.currency().unwrap().code(), country.zones()[0].name())
        };
        assert_eq!(country("ES"), ("EUR", "Europe/Madrid"));
        assert_eq!(country("US"), ("USD", "America/New_York"));
        assert_eq!(country("AU"), ("AUD", "Australia/Sydney"));
        assert_eq!(country("BR"), ("BRL", "America/Sao_Paulo"));
        assert_eq!(country("ZW").1, "Africa/Harare");
        assert!(zones_of("ES").iter().any(|zone| zone.name() == "Atlantic/Canary"));
        assert!(by_code("es").is_none() && by_code("XX").is_none() && zones_of("").is_empty());
    }

    #[test]
    fn names_are_sorted_as_people_expect() {
        let first: Vec<_> =
            all_sorted(Language::English).into_iter().take(3).map(|c| c.name(Language::English)).collect();
        assert_eq!(first, ["Afghanistan", "Åland Islands", "Albania"]);
        let last = all_sorted(Language::Spanish).pop().unwrap();
        assert_eq!(last.name(Language::Spanish), "Zimbabue");
    }
}

// Made by Models/embed.sh from Models/*.yaml: change those and run `make models`.
// swift-format-ignore-file

extension ModelFile {
  /// The text of the file as it was when the program was built.
  public var builtInText: String {
    switch self {
    case .areas: Self.areasText
    case .measures: Self.measuresText
    case .groupings: Self.groupingsText
    case .outcomes: Self.outcomesText
    case .harmWeights: Self.harmWeightsText
    case .breaks: Self.breaksText
    case .priorities: Self.prioritiesText
    case .scoringProfiles: Self.scoringProfilesText
    case .impactScores: Self.impactScoresText
    case .signals: Self.signalsText
    case .footprints: Self.footprintsText
    case .peerGroups: Self.peerGroupsText
    case .sources: Self.sourcesText
    case .coverage: Self.coverageText
    }
  }

  private static let areasText = ####"""
# Districts of England and Wales: the areas that police.uk data is counted by.
#
# districts: local authority districts of 2024, one a line, by police force.
#   name        Name. It is also what ONS puts before the number in LSOA names ("Bristol 016E"), by which police.uk rows are placed.
#   code        ONS code (GSS).
#   csp         Community Safety Partnership. Where ONS still lists several partnerships inside one district (the districts merged in
#               2019 to 2023, such as Buckinghamshire), the district itself stands for them.
#   force       Police force, as the slug in police.uk file names.
#   population  Usual residents, Census 2021 (persons). For districts formed in 2023, the sum of those they replaced.
#   began       First day, of a district formed since 2016.
# former: names that occur in older data, or in other tables, with the district that counts their rows today.
#   began, ended  First and last day, of a district that has been merged; a name that is only spelt otherwise has none.
#
# Horizon's own choices: South Oxfordshire and Vale of White Horse (ONS partnership codes E22000312 and E22000313) form the one
# partnership "South and Vale"; the partnership of Oxford is called "Oxford City", as it calls itself.
#
# Source: Office for National Statistics, "LAD to CSP to PFA lookup" (2024), "LAD lookups" (2016 to 2024) and Census 2021.
# Licence: Open Government Licence v3.0. Contains National Statistics data, Crown copyright and database right 2024.

districts:
  # Avon and Somerset
  - {name: Bath and North East Somerset, code: E06000022, csp: Bath and North East Somerset, force: avon-and-somerset, population: 193407}
  - {name: Bristol, code: E06000023, csp: Bristol, force: avon-and-somerset, population: 472473}
  - {name: North Somerset, code: E06000024, csp: North Somerset, force: avon-and-somerset, population: 216735}
  - {name: South Gloucestershire, code: E06000025, csp: South Gloucestershire, force: avon-and-somerset, population: 290421}
  - {name: Somerset, code: E06000066, csp: Somerset, force: avon-and-somerset, population: 571546, began: 2023-04-01}
  # Bedfordshire
  - {name: Luton, code: E06000032, csp: Luton, force: bedfordshire, population: 225255}
  - {name: Bedford, code: E06000055, csp: Bedford, force: bedfordshire, population: 185224}
  - {name: Central Bedfordshire, code: E06000056, csp: Central Bedfordshire, force: bedfordshire, population: 294252}
  # Cambridgeshire
  - {name: Peterborough, code: E06000031, csp: Peterborough, force: cambridgeshire, population: 215669}
  - {name: Cambridge, code: E07000008, csp: Cambridge, force: cambridgeshire, population: 145681}
  - {name: East Cambridgeshire, code: E07000009, csp: East Cambridgeshire, force: cambridgeshire, population: 87769}
  - {name: Fenland, code: E07000010, csp: Fenland, force: cambridgeshire, population: 102465}
  - {name: Huntingdonshire, code: E07000011, csp: Huntingdonshire, force: cambridgeshire, population: 180834}
  - {name: South Cambridgeshire, code: E07000012, csp: South Cambridgeshire, force: cambridgeshire, population: 162106}
  # Cheshire
  - {name: Halton, code: E06000006, csp: Halton, force: cheshire, population: 128470}
  - {name: Warrington, code: E06000007, csp: Warrington, force: cheshire, population: 210971}
  - {name: Cheshire East, code: E06000049, csp: Cheshire East, force: cheshire, population: 398775}
  - {name: Cheshire West and Chester, code: E06000050, csp: Cheshire West and Chester, force: cheshire, population: 357147}
  # City of London
  - {name: City of London, code: E09000001, csp: City of London, force: city-of-london, population: 8584}
  # Cleveland
  - {name: Hartlepool, code: E06000001, csp: Hartlepool, force: cleveland, population: 92347}
  - {name: Middlesbrough, code: E06000002, csp: Middlesbrough, force: cleveland, population: 143922}
  - {name: Redcar and Cleveland, code: E06000003, csp: Redcar and Cleveland, force: cleveland, population: 136538}
  - {name: Stockton-on-Tees, code: E06000004, csp: Stockton-on-Tees, force: cleveland, population: 196587}
  # Cumbria
  - {name: Cumberland, code: E06000063, csp: Cumberland, force: cumbria, population: 273240, began: 2023-04-01}
  - {name: Westmorland and Furness, code: E06000064, csp: Westmorland and Furness, force: cumbria, population: 226588, began: 2023-04-01}
  # Derbyshire
  - {name: Derby, code: E06000015, csp: Derby, force: derbyshire, population: 261368}
  - {name: Amber Valley, code: E07000032, csp: Amber Valley, force: derbyshire, population: 126214}
  - {name: Bolsover, code: E07000033, csp: Bolsover, force: derbyshire, population: 80277}
  - {name: Chesterfield, code: E07000034, csp: Chesterfield, force: derbyshire, population: 103569}
  - {name: Derbyshire Dales, code: E07000035, csp: Derbyshire Dales, force: derbyshire, population: 71552}
  - {name: Erewash, code: E07000036, csp: Erewash, force: derbyshire, population: 112907}
  - {name: High Peak, code: E07000037, csp: High Peak, force: derbyshire, population: 90934}
  - {name: North East Derbyshire, code: E07000038, csp: North East Derbyshire, force: derbyshire, population: 102002}
  - {name: South Derbyshire, code: E07000039, csp: South Derbyshire, force: derbyshire, population: 107207}
  # Devon & Cornwall
  - {name: Plymouth, code: E06000026, csp: Plymouth, force: devon-and-cornwall, population: 264691}
  - {name: Torbay, code: E06000027, csp: Torbay, force: devon-and-cornwall, population: 139322}
  - {name: Cornwall, code: E06000052, csp: Cornwall, force: devon-and-cornwall, population: 570300}
  - {name: Isles of Scilly, code: E06000053, csp: Isles of Scilly, force: devon-and-cornwall, population: 2057}
  - {name: East Devon, code: E07000040, csp: East and Mid Devon, force: devon-and-cornwall, population: 150825}
  - {name: Exeter, code: E07000041, csp: Exeter, force: devon-and-cornwall, population: 130712}
  - {name: Mid Devon, code: E07000042, csp: East and Mid Devon, force: devon-and-cornwall, population: 82855}
  - {name: North Devon, code: E07000043, csp: North Devon, force: devon-and-cornwall, population: 98618}
  - {name: South Hams, code: E07000044, csp: South Devon and Dartmoor, force: devon-and-cornwall, population: 88629}
  - {name: Teignbridge, code: E07000045, csp: South Devon and Dartmoor, force: devon-and-cornwall, population: 134803}
  - {name: Torridge, code: E07000046, csp: North Devon, force: devon-and-cornwall, population: 68110}
  - {name: West Devon, code: E07000047, csp: South Devon and Dartmoor, force: devon-and-cornwall, population: 57099}
  # Dorset
  - {name: "Bournemouth, Christchurch and Poole", code: E06000058, csp: "Bournemouth, Christchurch and Poole", force: dorset, population: 400198, began: 2019-04-01}
  - {name: Dorset, code: E06000059, csp: Dorset, force: dorset, population: 379584, began: 2019-04-01}
  # Durham
  - {name: Darlington, code: E06000005, csp: Darlington, force: durham, population: 107806}
  - {name: County Durham, code: E06000047, csp: County Durham, force: durham, population: 522069}
  # Dyfed-Powys
  - {name: Ceredigion, code: W06000008, csp: Ceredigion, force: dyfed-powys, population: 71481}
  - {name: Pembrokeshire, code: W06000009, csp: Pembrokeshire, force: dyfed-powys, population: 123354}
  - {name: Carmarthenshire, code: W06000010, csp: Carmarthenshire, force: dyfed-powys, population: 187896}
  - {name: Powys, code: W06000023, csp: Powys, force: dyfed-powys, population: 133174}
  # Essex
  - {name: Southend-on-Sea, code: E06000033, csp: Southend-on-Sea, force: essex, population: 180688}
  - {name: Thurrock, code: E06000034, csp: Thurrock, force: essex, population: 176009}
  - {name: Basildon, code: E07000066, csp: Basildon, force: essex, population: 187581}
  - {name: Braintree, code: E07000067, csp: Braintree, force: essex, population: 155273}
  - {name: Brentwood, code: E07000068, csp: Brentwood, force: essex, population: 77052}
  - {name: Castle Point, code: E07000069, csp: Castle Point, force: essex, population: 89580}
  - {name: Chelmsford, code: E07000070, csp: Chelmsford, force: essex, population: 181519}
  - {name: Colchester, code: E07000071, csp: Colchester, force: essex, population: 192718}
  - {name: Epping Forest, code: E07000072, csp: Epping Forest, force: essex, population: 134978}
  - {name: Harlow, code: E07000073, csp: Harlow, force: essex, population: 93323}
  - {name: Maldon, code: E07000074, csp: Maldon, force: essex, population: 66208}
  - {name: Rochford, code: E07000075, csp: Rochford, force: essex, population: 85666}
  - {name: Tendring, code: E07000076, csp: Tendring, force: essex, population: 148290}
  - {name: Uttlesford, code: E07000077, csp: Uttlesford, force: essex, population: 91348}
  # Gloucestershire
  - {name: Cheltenham, code: E07000078, csp: Cheltenham, force: gloucestershire, population: 118842}
  - {name: Cotswold, code: E07000079, csp: Cotswold, force: gloucestershire, population: 90839}
  - {name: Forest of Dean, code: E07000080, csp: Forest of Dean, force: gloucestershire, population: 86997}
  - {name: Gloucester, code: E07000081, csp: Gloucester, force: gloucestershire, population: 132415}
  - {name: Stroud, code: E07000082, csp: Stroud, force: gloucestershire, population: 121108}
  - {name: Tewkesbury, code: E07000083, csp: Tewkesbury, force: gloucestershire, population: 94877}
  # Greater Manchester
  - {name: Bolton, code: E08000001, csp: Bolton, force: greater-manchester, population: 295960}
  - {name: Bury, code: E08000002, csp: Bury, force: greater-manchester, population: 193855}
  - {name: Manchester, code: E08000003, csp: Manchester, force: greater-manchester, population: 551944}
  - {name: Oldham, code: E08000004, csp: Oldham, force: greater-manchester, population: 242094}
  - {name: Rochdale, code: E08000005, csp: Rochdale, force: greater-manchester, population: 223770}
  - {name: Salford, code: E08000006, csp: Salford, force: greater-manchester, population: 269919}
  - {name: Stockport, code: E08000007, csp: Stockport, force: greater-manchester, population: 294766}
  - {name: Tameside, code: E08000008, csp: Tameside, force: greater-manchester, population: 231075}
  - {name: Trafford, code: E08000009, csp: Trafford, force: greater-manchester, population: 235048}
  - {name: Wigan, code: E08000010, csp: Wigan, force: greater-manchester, population: 329321}
  # Gwent
  - {name: Caerphilly, code: W06000018, csp: Caerphilly, force: gwent, population: 175948}
  - {name: Blaenau Gwent, code: W06000019, csp: Blaenau Gwent, force: gwent, population: 66899}
  - {name: Torfaen, code: W06000020, csp: Torfaen, force: gwent, population: 92263}
  - {name: Monmouthshire, code: W06000021, csp: Monmouthshire, force: gwent, population: 92958}
  - {name: Newport, code: W06000022, csp: Newport, force: gwent, population: 159587}
  # Hampshire
  - {name: Portsmouth, code: E06000044, csp: Portsmouth, force: hampshire, population: 208004}
  - {name: Southampton, code: E06000045, csp: Southampton, force: hampshire, population: 248924}
  - {name: Isle of Wight, code: E06000046, csp: Isle of Wight, force: hampshire, population: 140459}
  - {name: Basingstoke and Deane, code: E07000084, csp: North Hampshire, force: hampshire, population: 185150}
  - {name: East Hampshire, code: E07000085, csp: East Hampshire, force: hampshire, population: 125753}
  - {name: Eastleigh, code: E07000086, csp: Eastleigh, force: hampshire, population: 136445}
  - {name: Fareham, code: E07000087, csp: Fareham, force: hampshire, population: 114516}
  - {name: Gosport, code: E07000088, csp: Gosport, force: hampshire, population: 81954}
  - {name: Hart, code: E07000089, csp: North Hampshire, force: hampshire, population: 99406}
  - {name: Havant, code: E07000090, csp: Havant, force: hampshire, population: 124208}
  - {name: New Forest, code: E07000091, csp: New Forest, force: hampshire, population: 175784}
  - {name: Rushmoor, code: E07000092, csp: North Hampshire, force: hampshire, population: 99750}
  - {name: Test Valley, code: E07000093, csp: Test Valley, force: hampshire, population: 130482}
  - {name: Winchester, code: E07000094, csp: Winchester, force: hampshire, population: 127450}
  # Hertfordshire
  - {name: Broxbourne, code: E07000095, csp: Broxbourne, force: hertfordshire, population: 99002}
  - {name: Dacorum, code: E07000096, csp: Dacorum, force: hertfordshire, population: 155085}
  - {name: Hertsmere, code: E07000098, csp: Hertsmere, force: hertfordshire, population: 107825}
  - {name: North Hertfordshire, code: E07000099, csp: North Hertfordshire, force: hertfordshire, population: 133209}
  - {name: Three Rivers, code: E07000102, csp: Three Rivers, force: hertfordshire, population: 93780}
  - {name: Watford, code: E07000103, csp: Watford, force: hertfordshire, population: 102247}
  - {name: St Albans, code: E07000240, csp: St Albans, force: hertfordshire, population: 148160}
  - {name: Welwyn Hatfield, code: E07000241, csp: Welwyn Hatfield, force: hertfordshire, population: 119840}
  - {name: East Hertfordshire, code: E07000242, csp: East Hertfordshire, force: hertfordshire, population: 150166}
  - {name: Stevenage, code: E07000243, csp: Stevenage, force: hertfordshire, population: 89500}
  # Humberside
  - {name: Kingston upon Hull, code: E06000010, csp: Kingston upon Hull, force: humberside, population: 267020}
  - {name: East Riding of Yorkshire, code: E06000011, csp: East Riding of Yorkshire, force: humberside, population: 342213}
  - {name: North East Lincolnshire, code: E06000012, csp: North East Lincolnshire, force: humberside, population: 156972}
  - {name: North Lincolnshire, code: E06000013, csp: North Lincolnshire, force: humberside, population: 169675}
  # Kent
  - {name: Medway, code: E06000035, csp: Medway, force: kent, population: 279772}
  - {name: Ashford, code: E07000105, csp: Ashford, force: kent, population: 132752}
  - {name: Canterbury, code: E07000106, csp: Canterbury, force: kent, population: 157417}
  - {name: Dartford, code: E07000107, csp: Dartford and Gravesham, force: kent, population: 116748}
  - {name: Dover, code: E07000108, csp: Dover, force: kent, population: 116400}
  - {name: Gravesham, code: E07000109, csp: Dartford and Gravesham, force: kent, population: 106905}
  - {name: Maidstone, code: E07000110, csp: Maidstone, force: kent, population: 175781}
  - {name: Sevenoaks, code: E07000111, csp: Sevenoaks, force: kent, population: 120519}
  - {name: Folkestone and Hythe, code: E07000112, csp: Shepway, force: kent, population: 109757}
  - {name: Swale, code: E07000113, csp: Swale, force: kent, population: 151679}
  - {name: Thanet, code: E07000114, csp: Thanet, force: kent, population: 140589}
  - {name: Tonbridge and Malling, code: E07000115, csp: Tonbridge and Malling, force: kent, population: 132205}
  - {name: Tunbridge Wells, code: E07000116, csp: Tunbridge Wells, force: kent, population: 115318}
  # Lancashire
  - {name: Blackburn with Darwen, code: E06000008, csp: Blackburn with Darwen, force: lancashire, population: 154739}
  - {name: Blackpool, code: E06000009, csp: Blackpool, force: lancashire, population: 141029}
  - {name: Burnley, code: E07000117, csp: Burnley, force: lancashire, population: 94658}
  - {name: Chorley, code: E07000118, csp: Chorley, force: lancashire, population: 117742}
  - {name: Fylde, code: E07000119, csp: Fylde, force: lancashire, population: 81364}
  - {name: Hyndburn, code: E07000120, csp: Hyndburn, force: lancashire, population: 82238}
  - {name: Lancaster, code: E07000121, csp: Lancaster, force: lancashire, population: 142922}
  - {name: Pendle, code: E07000122, csp: Pendle, force: lancashire, population: 95761}
  - {name: Preston, code: E07000123, csp: Preston, force: lancashire, population: 147840}
  - {name: Ribble Valley, code: E07000124, csp: Ribble Valley, force: lancashire, population: 61550}
  - {name: Rossendale, code: E07000125, csp: Rossendale, force: lancashire, population: 70853}
  - {name: South Ribble, code: E07000126, csp: South Ribble, force: lancashire, population: 111047}
  - {name: West Lancashire, code: E07000127, csp: West Lancashire, force: lancashire, population: 117433}
  - {name: Wyre, code: E07000128, csp: Wyre, force: lancashire, population: 111947}
  # Leicestershire
  - {name: Leicester, code: E06000016, csp: Leicester, force: leicestershire, population: 368581}
  - {name: Rutland, code: E06000017, csp: Rutland, force: leicestershire, population: 41051}
  - {name: Blaby, code: E07000129, csp: Blaby, force: leicestershire, population: 102927}
  - {name: Charnwood, code: E07000130, csp: Charnwood, force: leicestershire, population: 183970}
  - {name: Harborough, code: E07000131, csp: Harborough, force: leicestershire, population: 97619}
  - {name: Hinckley and Bosworth, code: E07000132, csp: Hinckley and Bosworth, force: leicestershire, population: 113640}
  - {name: Melton, code: E07000133, csp: Melton, force: leicestershire, population: 51743}
  - {name: North West Leicestershire, code: E07000134, csp: North West Leicestershire, force: leicestershire, population: 104705}
  - {name: Oadby and Wigston, code: E07000135, csp: Oadby and Wigston, force: leicestershire, population: 57754}
  # Lincolnshire
  - {name: Boston, code: E07000136, csp: Boston, force: lincolnshire, population: 70509}
  - {name: East Lindsey, code: E07000137, csp: East Lindsey, force: lincolnshire, population: 142301}
  - {name: Lincoln, code: E07000138, csp: Lincoln, force: lincolnshire, population: 103812}
  - {name: North Kesteven, code: E07000139, csp: North Kesteven, force: lincolnshire, population: 118067}
  - {name: South Holland, code: E07000140, csp: South Holland, force: lincolnshire, population: 95117}
  - {name: South Kesteven, code: E07000141, csp: South Kesteven, force: lincolnshire, population: 143400}
  - {name: West Lindsey, code: E07000142, csp: West Lindsey, force: lincolnshire, population: 95146}
  # Merseyside
  - {name: Knowsley, code: E08000011, csp: Knowsley, force: merseyside, population: 154517}
  - {name: Liverpool, code: E08000012, csp: Liverpool, force: merseyside, population: 486085}
  - {name: St. Helens, code: E08000013, csp: St. Helens, force: merseyside, population: 183254}
  - {name: Sefton, code: E08000014, csp: Sefton, force: merseyside, population: 279239}
  - {name: Wirral, code: E08000015, csp: Wirral, force: merseyside, population: 320197}
  # Metropolitan Police
  - {name: Barking and Dagenham, code: E09000002, csp: Barking and Dagenham, force: metropolitan, population: 218876}
  - {name: Barnet, code: E09000003, csp: Barnet, force: metropolitan, population: 389352}
  - {name: Bexley, code: E09000004, csp: Bexley, force: metropolitan, population: 246463}
  - {name: Brent, code: E09000005, csp: Brent, force: metropolitan, population: 339816}
  - {name: Bromley, code: E09000006, csp: Bromley, force: metropolitan, population: 329987}
  - {name: Camden, code: E09000007, csp: Camden, force: metropolitan, population: 210131}
  - {name: Croydon, code: E09000008, csp: Croydon, force: metropolitan, population: 390727}
  - {name: Ealing, code: E09000009, csp: Ealing, force: metropolitan, population: 367119}
  - {name: Enfield, code: E09000010, csp: Enfield, force: metropolitan, population: 329987}
  - {name: Greenwich, code: E09000011, csp: Greenwich, force: metropolitan, population: 289072}
  - {name: Hackney, code: E09000012, csp: Hackney, force: metropolitan, population: 259143}
  - {name: Hammersmith and Fulham, code: E09000013, csp: Hammersmith and Fulham, force: metropolitan, population: 183153}
  - {name: Haringey, code: E09000014, csp: Haringey, force: metropolitan, population: 264247}
  - {name: Harrow, code: E09000015, csp: Harrow, force: metropolitan, population: 261200}
  - {name: Havering, code: E09000016, csp: Havering, force: metropolitan, population: 262052}
  - {name: Hillingdon, code: E09000017, csp: Hillingdon, force: metropolitan, population: 305905}
  - {name: Hounslow, code: E09000018, csp: Hounslow, force: metropolitan, population: 288176}
  - {name: Islington, code: E09000019, csp: Islington, force: metropolitan, population: 216582}
  - {name: Kensington and Chelsea, code: E09000020, csp: Kensington and Chelsea, force: metropolitan, population: 143360}
  - {name: Kingston upon Thames, code: E09000021, csp: Kingston upon Thames, force: metropolitan, population: 168065}
  - {name: Lambeth, code: E09000022, csp: Lambeth, force: metropolitan, population: 317657}
  - {name: Lewisham, code: E09000023, csp: Lewisham, force: metropolitan, population: 300550}
  - {name: Merton, code: E09000024, csp: Merton, force: metropolitan, population: 215180}
  - {name: Newham, code: E09000025, csp: Newham, force: metropolitan, population: 351029}
  - {name: Redbridge, code: E09000026, csp: Redbridge, force: metropolitan, population: 310263}
  - {name: Richmond upon Thames, code: E09000027, csp: Richmond upon Thames, force: metropolitan, population: 195278}
  - {name: Southwark, code: E09000028, csp: Southwark, force: metropolitan, population: 307643}
  - {name: Sutton, code: E09000029, csp: Sutton, force: metropolitan, population: 209641}
  - {name: Tower Hamlets, code: E09000030, csp: Tower Hamlets, force: metropolitan, population: 310299}
  - {name: Waltham Forest, code: E09000031, csp: Waltham Forest, force: metropolitan, population: 278425}
  - {name: Wandsworth, code: E09000032, csp: Wandsworth, force: metropolitan, population: 327502}
  - {name: Westminster, code: E09000033, csp: Westminster, force: metropolitan, population: 204233}
  # Norfolk
  - {name: Breckland, code: E07000143, csp: Breckland, force: norfolk, population: 141478}
  - {name: Broadland, code: E07000144, csp: Broadland, force: norfolk, population: 131713}
  - {name: Great Yarmouth, code: E07000145, csp: Great Yarmouth, force: norfolk, population: 99738}
  - {name: King's Lynn and West Norfolk, code: E07000146, csp: King's Lynn and West Norfolk, force: norfolk, population: 154334}
  - {name: North Norfolk, code: E07000147, csp: North Norfolk, force: norfolk, population: 102985}
  - {name: Norwich, code: E07000148, csp: Norwich, force: norfolk, population: 143924}
  - {name: South Norfolk, code: E07000149, csp: South Norfolk, force: norfolk, population: 141944}
  # North Wales
  - {name: Isle of Anglesey, code: W06000001, csp: Isle of Anglesey, force: north-wales, population: 68877}
  - {name: Gwynedd, code: W06000002, csp: Gwynedd, force: north-wales, population: 117393}
  - {name: Conwy, code: W06000003, csp: Conwy, force: north-wales, population: 114741}
  - {name: Denbighshire, code: W06000004, csp: Denbighshire, force: north-wales, population: 95814}
  - {name: Flintshire, code: W06000005, csp: Flintshire, force: north-wales, population: 154956}
  - {name: Wrexham, code: W06000006, csp: Wrexham, force: north-wales, population: 135112}
  # North Yorkshire
  - {name: York, code: E06000014, csp: City of York, force: north-yorkshire, population: 202808}
  - {name: North Yorkshire, code: E06000065, csp: North Yorkshire, force: north-yorkshire, population: 615483, began: 2023-04-01}
  # Northamptonshire
  - {name: North Northamptonshire, code: E06000061, csp: North Northamptonshire, force: northamptonshire, population: 359515, began: 2021-04-01}
  - {name: West Northamptonshire, code: E06000062, csp: West Northamptonshire, force: northamptonshire, population: 425726, began: 2021-04-01}
  # Northumbria
  - {name: Northumberland, code: E06000057, csp: Northumberland, force: northumbria, population: 320562}
  - {name: Newcastle upon Tyne, code: E08000021, csp: Newcastle upon Tyne, force: northumbria, population: 300135}
  - {name: North Tyneside, code: E08000022, csp: North Tyneside, force: northumbria, population: 208974}
  - {name: South Tyneside, code: E08000023, csp: South Tyneside, force: northumbria, population: 147776}
  - {name: Sunderland, code: E08000024, csp: Sunderland, force: northumbria, population: 274168}
  - {name: Gateshead, code: E08000037, csp: Gateshead, force: northumbria, population: 196163}
  # Nottinghamshire
  - {name: Nottingham, code: E06000018, csp: Nottingham, force: nottinghamshire, population: 323632}
  - {name: Ashfield, code: E07000170, csp: Ashfield, force: nottinghamshire, population: 126311}
  - {name: Bassetlaw, code: E07000171, csp: Bassetlaw, force: nottinghamshire, population: 117809}
  - {name: Broxtowe, code: E07000172, csp: South Nottinghamshire, force: nottinghamshire, population: 110938}
  - {name: Gedling, code: E07000173, csp: South Nottinghamshire, force: nottinghamshire, population: 117263}
  - {name: Mansfield, code: E07000174, csp: Mansfield, force: nottinghamshire, population: 110484}
  - {name: Newark and Sherwood, code: E07000175, csp: Newark and Sherwood, force: nottinghamshire, population: 122951}
  - {name: Rushcliffe, code: E07000176, csp: South Nottinghamshire, force: nottinghamshire, population: 119074}
  # South Wales
  - {name: Swansea, code: W06000011, csp: Swansea, force: south-wales, population: 238489}
  - {name: Neath Port Talbot, code: W06000012, csp: Neath Port Talbot, force: south-wales, population: 142291}
  - {name: Bridgend, code: W06000013, csp: Bridgend, force: south-wales, population: 145500}
  - {name: Vale of Glamorgan, code: W06000014, csp: Vale of Glamorgan, force: south-wales, population: 131947}
  - {name: Cardiff, code: W06000015, csp: Cardiff, force: south-wales, population: 362312}
  - {name: Rhondda Cynon Taf, code: W06000016, csp: Cwm Taf, force: south-wales, population: 237658}
  - {name: Merthyr Tydfil, code: W06000024, csp: Cwm Taf, force: south-wales, population: 58839}
  # South Yorkshire
  - {name: Barnsley, code: E08000016, csp: Barnsley, force: south-yorkshire, population: 244567}
  - {name: Doncaster, code: E08000017, csp: Doncaster, force: south-yorkshire, population: 308105}
  - {name: Rotherham, code: E08000018, csp: Rotherham, force: south-yorkshire, population: 265811}
  - {name: Sheffield, code: E08000019, csp: Sheffield, force: south-yorkshire, population: 556532}
  # Staffordshire
  - {name: Stoke-on-Trent, code: E06000021, csp: Stoke-on-Trent, force: staffordshire, population: 258363}
  - {name: Cannock Chase, code: E07000192, csp: Cannock Chase, force: staffordshire, population: 100529}
  - {name: East Staffordshire, code: E07000193, csp: East Staffordshire, force: staffordshire, population: 124022}
  - {name: Lichfield, code: E07000194, csp: Lichfield, force: staffordshire, population: 106435}
  - {name: Newcastle-under-Lyme, code: E07000195, csp: Newcastle-under-Lyme, force: staffordshire, population: 123303}
  - {name: South Staffordshire, code: E07000196, csp: South Staffordshire, force: staffordshire, population: 110476}
  - {name: Stafford, code: E07000197, csp: Stafford, force: staffordshire, population: 136862}
  - {name: Staffordshire Moorlands, code: E07000198, csp: Staffordshire Moorlands, force: staffordshire, population: 95845}
  - {name: Tamworth, code: E07000199, csp: Tamworth, force: staffordshire, population: 78650}
  # Suffolk
  - {name: Babergh, code: E07000200, csp: Western Suffolk, force: suffolk, population: 92336}
  - {name: Ipswich, code: E07000202, csp: Ipswich, force: suffolk, population: 139631}
  - {name: Mid Suffolk, code: E07000203, csp: Western Suffolk, force: suffolk, population: 102690}
  - {name: East Suffolk, code: E07000244, csp: East Suffolk, force: suffolk, population: 246064, began: 2019-04-01}
  - {name: West Suffolk, code: E07000245, csp: Western Suffolk, force: suffolk, population: 179942, began: 2019-04-01}
  # Surrey
  - {name: Elmbridge, code: E07000207, csp: Elmbridge, force: surrey, population: 138752}
  - {name: Epsom and Ewell, code: E07000208, csp: Epsom and Ewell, force: surrey, population: 80921}
  - {name: Guildford, code: E07000209, csp: Guildford, force: surrey, population: 143645}
  - {name: Mole Valley, code: E07000210, csp: Mole Valley, force: surrey, population: 87388}
  - {name: Reigate and Banstead, code: E07000211, csp: Reigate and Banstead, force: surrey, population: 150849}
  - {name: Runnymede, code: E07000212, csp: Runnymede, force: surrey, population: 88085}
  - {name: Spelthorne, code: E07000213, csp: Spelthorne, force: surrey, population: 102959}
  - {name: Surrey Heath, code: E07000214, csp: Surrey Heath, force: surrey, population: 90450}
  - {name: Tandridge, code: E07000215, csp: Tandridge, force: surrey, population: 87872}
  - {name: Waverley, code: E07000216, csp: Waverley, force: surrey, population: 128223}
  - {name: Woking, code: E07000217, csp: Woking, force: surrey, population: 103937}
  # Sussex
  - {name: Brighton and Hove, code: E06000043, csp: Brighton and Hove, force: sussex, population: 277111}
  - {name: Eastbourne, code: E07000061, csp: Eastbourne, force: sussex, population: 101681}
  - {name: Hastings, code: E07000062, csp: Hastings, force: sussex, population: 90984}
  - {name: Lewes, code: E07000063, csp: Lewes, force: sussex, population: 99896}
  - {name: Rother, code: E07000064, csp: Rother, force: sussex, population: 93114}
  - {name: Wealden, code: E07000065, csp: Wealden, force: sussex, population: 160154}
  - {name: Adur, code: E07000223, csp: Adur, force: sussex, population: 64536}
  - {name: Arun, code: E07000224, csp: Arun, force: sussex, population: 164893}
  - {name: Chichester, code: E07000225, csp: Chichester, force: sussex, population: 124073}
  - {name: Crawley, code: E07000226, csp: Crawley, force: sussex, population: 118491}
  - {name: Horsham, code: E07000227, csp: Horsham, force: sussex, population: 146783}
  - {name: Mid Sussex, code: E07000228, csp: Mid Sussex, force: sussex, population: 152572}
  - {name: Worthing, code: E07000229, csp: Worthing, force: sussex, population: 111338}
  # Thames Valley
  - {name: Bracknell Forest, code: E06000036, csp: Bracknell Forest, force: thames-valley, population: 124608}
  - {name: West Berkshire, code: E06000037, csp: West Berkshire, force: thames-valley, population: 161449}
  - {name: Reading, code: E06000038, csp: Reading, force: thames-valley, population: 174228}
  - {name: Slough, code: E06000039, csp: Slough, force: thames-valley, population: 158495}
  - {name: Windsor and Maidenhead, code: E06000040, csp: Windsor and Maidenhead, force: thames-valley, population: 153494}
  - {name: Wokingham, code: E06000041, csp: Wokingham, force: thames-valley, population: 177502}
  - {name: Milton Keynes, code: E06000042, csp: Milton Keynes, force: thames-valley, population: 287061}
  - {name: Buckinghamshire, code: E06000060, csp: Buckinghamshire, force: thames-valley, population: 553073, began: 2020-04-01}
  - {name: Cherwell, code: E07000177, csp: Cherwell, force: thames-valley, population: 161024}
  - {name: Oxford, code: E07000178, csp: Oxford City, force: thames-valley, population: 162032}
  - {name: South Oxfordshire, code: E07000179, csp: South and Vale, force: thames-valley, population: 149092}
  - {name: Vale of White Horse, code: E07000180, csp: South and Vale, force: thames-valley, population: 138906}
  - {name: West Oxfordshire, code: E07000181, csp: West Oxfordshire, force: thames-valley, population: 114236}
  # Warwickshire
  - {name: North Warwickshire, code: E07000218, csp: North Warwickshire, force: warwickshire, population: 65028}
  - {name: Nuneaton and Bedworth, code: E07000219, csp: Nuneaton and Bedworth, force: warwickshire, population: 134189}
  - {name: Rugby, code: E07000220, csp: Rugby, force: warwickshire, population: 114362}
  - {name: Stratford-on-Avon, code: E07000221, csp: South Warwickshire, force: warwickshire, population: 134734}
  - {name: Warwick, code: E07000222, csp: South Warwickshire, force: warwickshire, population: 148451}
  # West Mercia
  - {name: Herefordshire, code: E06000019, csp: Herefordshire, force: west-mercia, population: 187025}
  - {name: Telford and Wrekin, code: E06000020, csp: Telford and Wrekin, force: west-mercia, population: 185542}
  - {name: Shropshire, code: E06000051, csp: Shropshire, force: west-mercia, population: 323619}
  - {name: Bromsgrove, code: E07000234, csp: North Worcestershire, force: west-mercia, population: 99187}
  - {name: Malvern Hills, code: E07000235, csp: South Worcester, force: west-mercia, population: 79497}
  - {name: Redditch, code: E07000236, csp: North Worcestershire, force: west-mercia, population: 87032}
  - {name: Worcester, code: E07000237, csp: South Worcester, force: west-mercia, population: 103868}
  - {name: Wychavon, code: E07000238, csp: South Worcester, force: west-mercia, population: 132495}
  - {name: Wyre Forest, code: E07000239, csp: North Worcestershire, force: west-mercia, population: 101601}
  # West Midlands
  - {name: Birmingham, code: E08000025, csp: Birmingham, force: west-midlands, population: 1144923}
  - {name: Coventry, code: E08000026, csp: Coventry, force: west-midlands, population: 345315}
  - {name: Dudley, code: E08000027, csp: Dudley, force: west-midlands, population: 323487}
  - {name: Sandwell, code: E08000028, csp: Sandwell, force: west-midlands, population: 341833}
  - {name: Solihull, code: E08000029, csp: Solihull, force: west-midlands, population: 216245}
  - {name: Walsall, code: E08000030, csp: Walsall, force: west-midlands, population: 284122}
  - {name: Wolverhampton, code: E08000031, csp: Wolverhampton, force: west-midlands, population: 263725}
  # West Yorkshire
  - {name: Bradford, code: E08000032, csp: Bradford, force: west-yorkshire, population: 546414}
  - {name: Calderdale, code: E08000033, csp: Calderdale, force: west-yorkshire, population: 206634}
  - {name: Kirklees, code: E08000034, csp: Kirklees, force: west-yorkshire, population: 433220}
  - {name: Leeds, code: E08000035, csp: Leeds, force: west-yorkshire, population: 811951}
  - {name: Wakefield, code: E08000036, csp: Wakefield, force: west-yorkshire, population: 353360}
  # Wiltshire
  - {name: Swindon, code: E06000030, csp: Swindon, force: wiltshire, population: 233408}
  - {name: Wiltshire, code: E06000054, csp: Wiltshire, force: wiltshire, population: 510347}

former:
  - {name: Allerdale, code: E07000026, successor: Cumberland, ended: 2023-03-31}
  - {name: Aylesbury Vale, code: E07000004, successor: Buckinghamshire, ended: 2020-03-31}
  - {name: Barrow-in-Furness, code: E07000027, successor: Westmorland and Furness, ended: 2023-03-31}
  - {name: Bournemouth, code: E06000028, successor: "Bournemouth, Christchurch and Poole", ended: 2019-03-31}
  - {name: "Bristol, City of", code: E06000023, successor: Bristol}
  - {name: Carlisle, code: E07000028, successor: Cumberland, ended: 2023-03-31}
  - {name: Chiltern, code: E07000005, successor: Buckinghamshire, ended: 2020-03-31}
  - {name: Christchurch, code: E07000048, successor: "Bournemouth, Christchurch and Poole", ended: 2019-03-31}
  - {name: Copeland, code: E07000029, successor: Cumberland, ended: 2023-03-31}
  - {name: Corby, code: E07000150, successor: North Northamptonshire, ended: 2021-03-31}
  - {name: Craven, code: E07000163, successor: North Yorkshire, ended: 2023-03-31}
  - {name: Daventry, code: E07000151, successor: West Northamptonshire, ended: 2021-03-31}
  - {name: East Dorset, code: E07000049, successor: Dorset, ended: 2019-03-31}
  - {name: East Northamptonshire, code: E07000152, successor: North Northamptonshire, ended: 2021-03-31}
  - {name: Eden, code: E07000030, successor: Westmorland and Furness, ended: 2023-03-31}
  - {name: Forest Heath, code: E07000201, successor: West Suffolk, ended: 2019-03-31}
  - {name: Hambleton, code: E07000164, successor: North Yorkshire, ended: 2023-03-31}
  - {name: Harrogate, code: E07000165, successor: North Yorkshire, ended: 2023-03-31}
  - {name: "Herefordshire, County of", code: E06000019, successor: Herefordshire}
  - {name: Kettering, code: E07000153, successor: North Northamptonshire, ended: 2021-03-31}
  - {name: "Kingston upon Hull, City of", code: E06000010, successor: Kingston upon Hull}
  - {name: Mendip, code: E07000187, successor: Somerset, ended: 2023-03-31}
  - {name: North Dorset, code: E07000050, successor: Dorset, ended: 2019-03-31}
  - {name: Northampton, code: E07000154, successor: West Northamptonshire, ended: 2021-03-31}
  - {name: Poole, code: E06000029, successor: "Bournemouth, Christchurch and Poole", ended: 2019-03-31}
  - {name: Purbeck, code: E07000051, successor: Dorset, ended: 2019-03-31}
  - {name: Richmondshire, code: E07000166, successor: North Yorkshire, ended: 2023-03-31}
  - {name: Ryedale, code: E07000167, successor: North Yorkshire, ended: 2023-03-31}
  - {name: Scarborough, code: E07000168, successor: North Yorkshire, ended: 2023-03-31}
  - {name: Sedgemoor, code: E07000188, successor: Somerset, ended: 2023-03-31}
  - {name: Selby, code: E07000169, successor: North Yorkshire, ended: 2023-03-31}
  - {name: Shepway, code: E07000112, successor: Folkestone and Hythe}
  - {name: Somerset West and Taunton, code: E07000246, successor: Somerset, began: 2019-04-01, ended: 2023-03-31}
  - {name: South Bucks, code: E07000006, successor: Buckinghamshire, ended: 2020-03-31}
  - {name: South Lakeland, code: E07000031, successor: Westmorland and Furness, ended: 2023-03-31}
  - {name: South Northamptonshire, code: E07000155, successor: West Northamptonshire, ended: 2021-03-31}
  - {name: South Somerset, code: E07000189, successor: Somerset, ended: 2023-03-31}
  - {name: St Edmundsbury, code: E07000204, successor: West Suffolk, ended: 2019-03-31}
  - {name: Suffolk Coastal, code: E07000205, successor: East Suffolk, ended: 2019-03-31}
  - {name: Taunton Deane, code: E07000190, successor: Somerset, ended: 2019-03-31}
  - {name: The Vale of Glamorgan, code: W06000014, successor: Vale of Glamorgan}
  - {name: Waveney, code: E07000206, successor: East Suffolk, ended: 2019-03-31}
  - {name: Wellingborough, code: E07000156, successor: North Northamptonshire, ended: 2021-03-31}
  - {name: West Dorset, code: E07000052, successor: Dorset, ended: 2019-03-31}
  - {name: West Somerset, code: E07000191, successor: Somerset, ended: 2019-03-31}
  - {name: Weymouth and Portland, code: E07000053, successor: Dorset, ended: 2019-03-31}
  - {name: Wycombe, code: E07000007, successor: Buckinghamshire, ended: 2020-03-31}

"""####

  private static let measuresText = ####"""
# Measures: what is counted, and how to read it.
#
#   name      Name, as it stands in the data.
#   polarity  "lower is better", "higher is better" or "neither" (more may mean more harm, more reporting or more police activity).
#   kind      count (the default), proportion (a share of a known whole) or value (a number with a unit). A share or value under the name of
#             a count is another measure, and not known.
#   unit      Of a value, such as days.
#   is_crime  Whether it is recorded crime; yes for a count unless it says false. What is not crime never enters "all crime".
#   caveat    What a reader must know before reading it, in one sentence.
#   source    Identifier of the source in sources.yaml.
#   target    The figure to reach, in the measure's unit: of a count in a year, of a share from 0 to 1. Control charts draw what is
#             a period's part of it.
#   id        Identity, where it is not to be the slug of the name.
# Of a measure of success (Annex 3 of the county plan), what its register says; none of it is needed to read figures:
#   owner        Who has the data and answers for it: whom a scorecard without figures tells to ask.
#   strategy     The strategy or plan whose success it measures.
#   denominator  What it is counted among, in words.
#   cadence      How often new figures come.
#   sharing      "public", "partners" or "restricted": a scorecard for the public leaves out what is not public.
#   cannot_say   What it cannot say, in one sentence.
#   framework    Its place in national frameworks. Left for you to fill in: nothing is invented here.
#   retired      true of a name that is here only to read older files.
# Of a measure that is in the data but not here nothing is guessed: it is forecast, and ranked only on request. The shares that Horizon
# makes of these measures, "NAME (detected)" (higher is better) and "NAME: repeats by person" (lower is better), are known with them.
#
# Units: offences (or, for anti-social behaviour, incidents) recorded by the police in a period.
# Source: the crime types of data.police.uk ("About the data"); polarities and caveats are Horizon's own.
# Licence: Open Government Licence v3.0.

measures:
  - name: Anti-social behaviour
    polarity: lower is better
    is_crime: false
    caveat: Incidents, not crimes; their number moves with how easy it is to report them and with how forces record them.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: anti-social behaviour"
    cannot_say: which reports come from the same victim, and how much is never reported
  - name: Bicycle theft
    polarity: lower is better
    caveat: Many thefts are never reported, so a change may be a change in reporting.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: acquisitive crime"
    cannot_say: thefts that nobody reported
  - name: Burglary
    polarity: lower is better
    caveat: Homes and businesses together; police.uk does not separate them.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: acquisitive crime"
    cannot_say: burglary of homes apart from that of businesses, and distraction burglary
  - name: Criminal damage and arson
    polarity: lower is better
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: criminal damage"
    cannot_say: graffiti apart, and damage that nobody reported
  - name: Drugs
    polarity: neither
    caveat: Mostly found by police activity; more may mean more policing rather than more drugs.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: drugs and alcohol"
    cannot_say: how many people take or deal in drugs
  - name: Other crime
    polarity: neither
    caveat: A mixture of unlike offences.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    cannot_say: which crimes they were
  - name: Other theft
    polarity: lower is better
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: acquisitive crime"
    cannot_say: what was stolen, and where from
  - name: Possession of weapons
    polarity: neither
    caveat: Mostly found by searches; more may mean more policing rather than more weapons.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: serious violence"
    cannot_say: how many people carry weapons
  - name: Public order
    polarity: lower is better
    caveat: Sensitive to changes of recording practice.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: night-time economy"
    cannot_say: the time of day, and whether alcohol played a part
  - name: Robbery
    polarity: lower is better
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: serious acquisitive crime"
    cannot_say: robbery of persons apart from that of businesses
  - name: Shoplifting
    polarity: lower is better
    caveat: Depends on whether shops report; more may mean more reporting.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: acquisitive crime"
    cannot_say: thefts that shops did not report
  - name: Theft from the person
    polarity: lower is better
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: acquisitive crime"
    cannot_say: thefts that nobody reported
  - name: Vehicle crime
    polarity: lower is better
    caveat: Theft of and theft from vehicles together; police.uk does not separate them.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: serious acquisitive crime"
    cannot_say: theft of vehicles apart from theft from them
  - name: Violence and sexual offences
    polarity: lower is better
    caveat: Moves with recording practice and with the willingness to report; holds domestic abuse, of which more reporting is wanted.
    owner: police force (performance team)
    cadence: monthly
    sharing: public
    strategy: "community safety plan: violence"
    cannot_say: serious violence, domestic abuse and sexual offences apart

  # Names retired in 2013, still in older files. They do not continue as today's types.
  - name: Public disorder and weapons
    polarity: lower is better
    caveat: Retired in 2013, when it was divided into Public order and Possession of weapons.
    retired: true
  - name: Violent crime
    polarity: lower is better
    caveat: Retired in 2013 for Violence and sexual offences; do not join the two without checking for a break.
    retired: true

  # Measures of success of Annex 3 that police.uk does not have. Each is known as soon as a table holds its name; until then a scorecard
  # says whom to ask. Owners are named by their office: put your people there.
  - name: Detected serious acquisitive crime
    kind: proportion
    polarity: higher is better
    denominator: recorded serious acquisitive crimes
    caveat: Outcomes come months after the crime, so the share of the newest months is still rising.
    owner: police force (performance team)
    strategy: "community safety plan: serious acquisitive crime"
    cadence: monthly
    sharing: partners
    cannot_say: how many offenders were brought to justice
  - name: Violent assault (domestic abuse)
    polarity: higher is better
    caveat: More reporting of domestic abuse is wanted; repeats are another measure, of which fewer are.
    owner: police force (performance team)
    strategy: "community safety plan: violence and domestic abuse"
    cadence: monthly
    sharing: partners
    cannot_say: how much domestic abuse there is
  - name: Violent assault (not domestic abuse)
    polarity: lower is better
    caveat: Assaults with injury that were not flagged as domestic abuse; flags depend on who records.
    owner: police force (performance team)
    strategy: "community safety plan: violence"
    cadence: monthly
    sharing: partners
    cannot_say: assaults that nobody reported
  - name: Distraction burglary
    polarity: lower is better
    caveat: Few cases and many of them never reported, so single quarters say little.
    owner: police force (performance team)
    strategy: "community safety plan: acquisitive crime"
    cadence: monthly
    sharing: partners
    cannot_say: victims who noticed nothing
  - name: Hate crime
    polarity: higher is better
    caveat: More reporting is wanted; a rise is good news of reporting before it is bad news of hate.
    owner: police force (performance team)
    strategy: "community safety plan: hate crime"
    cadence: monthly
    sharing: partners
    cannot_say: how much hate crime there is
  - name: Hate crime (detected)
    kind: proportion
    polarity: higher is better
    denominator: recorded hate crimes
    caveat: Outcomes come months after the crime, so the share of the newest months is still rising.
    owner: police force (performance team)
    strategy: "community safety plan: hate crime"
    cadence: quarterly
    sharing: partners
    cannot_say: whether victims were satisfied
  - name: Domestic abuse victims accessing services
    polarity: higher is better
    is_crime: false
    caveat: Moves with the places that services have as well as with need.
    owner: county council (domestic abuse commissioner)
    strategy: "community safety plan: domestic abuse"
    cadence: quarterly
    sharing: partners
    cannot_say: how many victims there are, and what became of those who came
  - name: Repeat domestic abuse incidents
    kind: proportion
    polarity: lower is better
    denominator: recorded domestic abuse incidents
    caveat: The same victim and perpetrator within 12 months; fewer recorded repeats may also mean less reporting.
    owner: police force (domestic abuse unit)
    strategy: "community safety plan: domestic abuse"
    cadence: quarterly
    sharing: partners
    cannot_say: incidents that nobody reported
  - name: Drug treatment completions
    kind: proportion
    polarity: higher is better
    denominator: people in drug treatment
    caveat: Completions are counted when people leave, months after the work that led to them.
    owner: public health (drug and alcohol commissioner)
    strategy: "community safety plan: drugs and alcohol"
    cadence: quarterly
    sharing: partners
    cannot_say: whether people stayed free of drugs
  - name: Repeat alcohol-related emergency attendances
    polarity: lower is better
    is_crime: false
    caveat: Moves with how staff code attendances.
    owner: hospital trust (emergency department, through public health)
    strategy: "community safety plan: drugs and alcohol"
    cadence: quarterly
    sharing: restricted
    cannot_say: harm from alcohol that does not reach a hospital
  - name: Reoffending under integrated offender management
    kind: proportion
    polarity: lower is better
    denominator: people managed
    caveat: A small group whose members change, so shares move by chance.
    owner: probation service (integrated offender management)
    strategy: "community safety plan: reoffending"
    cadence: quarterly
    sharing: restricted
    cannot_say: offences that were not detected
  - name: Repeat offenders on the disorder scheme
    kind: proportion
    polarity: neither
    denominator: people on the scheme
    caveat: The plan's target, "not below 10 %", does not say which way is better.
    owner: district council (disorder scheme)
    strategy: "community safety plan: anti-social behaviour"
    cadence: quarterly
    sharing: partners
    cannot_say: disorder by people who are not on the scheme
  - name: Test purchases failed
    kind: proportion
    polarity: lower is better
    denominator: test purchases
    caveat: Premises are chosen by suspicion, so the share is not that of all premises.
    owner: trading standards
    strategy: "community safety plan: young people and alcohol"
    cadence: quarterly
    sharing: partners
    cannot_say: how many young people buy alcohol
  - name: Unpaid work hours
    polarity: higher is better
    is_crime: false
    caveat: Moves with the sentences of courts and with places on schemes.
    owner: probation service (unpaid work)
    strategy: "community safety plan: reoffending"
    cadence: quarterly
    sharing: partners
    cannot_say: what the work was worth to the place
  - name: Restorative justice interventions
    polarity: higher is better
    is_crime: false
    caveat: Counts conferences held, whatever came of them.
    owner: youth justice service
    strategy: "community safety plan: reoffending"
    cadence: quarterly
    sharing: partners
    cannot_say: whether victims were satisfied and offenders stopped

"""####

  private static let groupingsText = ####"""
# Groups of measures whose counts are added up.
#
#   name          Name of the group.
#   members       Names of measures, as in measures.yaml. Groups cannot hold groups.
#   proxy_reason  Where the data cannot meet the real definition: what is amiss. The group is then labelled "(proxy)".
#
# Units: offences recorded by the police in a period. Anti-social behaviour is not crime and is in no group of crimes: with it, "all crime"
# in England rose by 15.8 % from 2014 to 2018, without it by 43.0 %.
# Source: the definition of serious acquisitive crime is the Home Office's; the police.uk stand-in for it, and the other groups, are
# Horizon's own. Licence: Open Government Licence v3.0.

groups:
  - name: All crime (excluding ASB)
    members:
      - Bicycle theft
      - Burglary
      - Criminal damage and arson
      - Drugs
      - Other crime
      - Other theft
      - Possession of weapons
      - Public order
      - Robbery
      - Shoplifting
      - Theft from the person
      - Vehicle crime
      - Violence and sexual offences
  - name: Acquisitive crime
    members:
      - Bicycle theft
      - Burglary
      - Other theft
      - Robbery
      - Shoplifting
      - Theft from the person
      - Vehicle crime
  - name: Serious acquisitive crime
    members: [Burglary, Robbery, Vehicle crime]
    proxy_reason: >-
      the definition is dwelling burglary, robbery, theft of a vehicle and theft from a vehicle; police.uk cannot separate dwelling from
      other burglary, nor these thefts from other vehicle crime

"""####

  private static let outcomesText = ####"""
# What police.uk's "Last outcome category" says of a crime. Outcomes are those of the day an archive was made: a crime of last
# month is mostly still under investigation, and an older one may yet be solved.
# The classes follow the Home Office outcomes framework (Crime outcomes in England and Wales, from 2014): "detected" are the
# outcomes in which someone was charged, cautioned, penalised or made good by a local resolution (types 1 to 8), whatever a court
# made of it; "undecided" are those without a final word; all others are crimes that were recorded and not detected.
detected:
  - Awaiting court outcome
  - Court case unable to proceed
  - Court result unavailable
  - Defendant found not guilty
  - Defendant sent to Crown Court
  - Local resolution
  - Offender deprived of property
  - Offender fined
  - Offender given a caution
  - Offender given a drugs possession warning
  - Offender given absolute discharge
  - Offender given community sentence
  - Offender given conditional discharge
  - Offender given penalty notice
  - Offender given suspended prison sentence
  - Offender ordered to pay compensation
  - Offender otherwise dealt with
  - Offender sent to prison
  - Suspect charged
  - Suspect charged as part of another case
undecided:
  - Status update unavailable
  - Under investigation
not_detected:
  - Action to be taken by another organisation
  - Formal action is not in the public interest
  - Further action is not in the public interest
  - Further investigation is not in the public interest
  - Investigation complete; no suspect identified
  - Unable to prosecute suspect

"""####

  private static let harmWeightsText = ####"""
# Harm weights: how much harm one recorded offence of each measure stands for.
#
#   name        Name of the set, for --harm-weights.
#   unit        What the numbers count.
#   source      Where they come from and how far to trust them.
#   weights     Weight per offence, by measure; zero or more.
#   unweighted  Measures the set cannot weigh, with the reason. They are shown beside a harm ranking, never counted as 0 or 1.
# The first set is the default. Sets differ a lot (Ashby, "Comparing methods for measuring crime harm/severity", Policing, 2017): look at
# the ranking under more than one. Anti-social behaviour has no weight in any set: it is not an offence and no publisher weighs it.
#
# Licence: only figures are transcribed. Cambridge Crime Harm Index: Cambridge Centre for Evidence-Based Policing. Crime Severity Score:
# Office for National Statistics, Open Government Licence v3.0.

sets:
  - name: cchi-2026
    unit: days of imprisonment
    source: >-
      Cambridge Crime Harm Index 2026, as composites by police.uk type for the mix of offences in Thames Valley; transcribed second-hand,
      so indicative only
    weights:
      Bicycle theft: 2
      Burglary: 244
      Criminal damage and arson: 11.72
      Drugs: 3.65
      Other theft: 2
      Possession of weapons: 273.75
      Public order: 7.5
      Robbery: 365
      Shoplifting: 1
      Theft from the person: 2
      Vehicle crime: 5
      Violence and sexual offences: 195.93
    unweighted:
      Anti-social behaviour: the index weighs offences; incidents of anti-social behaviour have no value in it
      Other crime: a mixture of unlike offences; the value in circulation is a fill-in, not the index's own

  - name: ons-css-2016
    unit: severity score
    source: >-
      ONS Crime Severity Score, weights of 2016: the median over the offences of a police.uk type, each counted once however often it
      happens; transcribed second-hand, so indicative only
    weights:
      # The lowest and highest weight of an offence in the type stand behind each line: where they lie far apart, trust it less.
      Bicycle theft: 10
      Burglary: 438                   # 117 to 2127; 438 is also the weight of dwelling burglary
      Criminal damage and arson: 19   # 7 to 837
      Drugs: 9                        # 3 to 497
      Other theft: 33
      Possession of weapons: 75       # 55 to 1365
      Public order: 365               # 10 to 1880
      Robbery: 746
      Shoplifting: 13
      Theft from the person: 86
      Vehicle crime: 26.5             # 7 to 722
    unweighted:
      Anti-social behaviour: the score weighs offences; incidents of anti-social behaviour have no value in it
      Other crime: the score is per offence, and police.uk does not say which offences are in this type
      Violence and sexual offences: the score is per offence, and this type runs from common assault to homicide and rape

  - name: equal
    unit: offences
    source: every offence counts as one; the plain number of recorded offences
    weights:
      Bicycle theft: 1
      Burglary: 1
      Criminal damage and arson: 1
      Drugs: 1
      Other crime: 1
      Other theft: 1
      Possession of weapons: 1
      Public order: 1
      Robbery: 1
      Shoplifting: 1
      Theft from the person: 1
      Vehicle crime: 1
      Violence and sexual offences: 1
    unweighted:
      Anti-social behaviour: incidents, not offences; they are counted apart from crime

"""####

  private static let breaksText = ####"""
# Break calendar: known reasons why counts changed that are not changes in what happens to people.
#
#   id        Short name, for --without-break.
#   from      First day (YYYY-MM-DD). The whole period that holds it counts as affected.
#   through   Last day, for a stretch that is not typical: models leave it out. Without it the level moved for good from that period on:
#             models bring earlier values to the new level and do not report the step as news.
#   areas     Areas, partnerships or forces it concerns; all where left out.
#   measures  Measures or groups of measures.yaml and groupings.yaml that it concerns. A break in a member is one in the group.
#   offences  Offences that it concerns, by their names in the Home Office's tables (group, subgroup, description or code); they need
#             not be in measures.yaml. All measures where both are left out.
#   kind      recording change, boundary change, COVID restriction or reporting campaign.
#   note      What happened, in a few plain words; printed in charts and explanations.
#   source    Where this is on record.
#   to_be_checked  true where nobody has checked yet that it holds for the data in hand; every chart and list that names it says so.
# An entry touches only the areas and measures that it names. A calendar given with --breaks is used instead of this one; with the
# line "include: built-in" above its own entries it is used with this one, its entries in place of those of the same id here.
#
# Units: days of the calendar. Licence of the sources named: Open Government Licence v3.0.

breaks:
  # National restrictions in England. The dates here are whole months, those in which counts were plainly not typical: in four forces
  # (Avon and Somerset, City of London, Merseyside, South Yorkshire) recorded crime of April to June 2020 was 0.30 to 0.96 of the mean of
  # the same months of 2018 and 2019, while anti-social behaviour reached 1.8 times in one of them. March 2020 (0.83 to 1.00) and July 2020
  # (0.60 to 1.00) were in part restricted; add them where your own data says so.
  - id: covid-2020-spring
    from: 2020-04-01
    through: 2020-06-30
    kind: COVID restriction
    note: first national restrictions (in force 26 March to 4 July 2020)
    source: SI 2020/350, revoked by SI 2020/684
  - id: covid-2020-november
    from: 2020-11-01
    through: 2020-11-30
    kind: COVID restriction
    note: second national restrictions (in force 5 November to 2 December 2020)
    source: SI 2020/1200
  - id: covid-2021-winter
    from: 2021-01-01
    through: 2021-03-31
    kind: COVID restriction
    note: third national restrictions (in force 6 January to 29 March 2021)
    source: SI 2021/8, SI 2021/364

  # Changes of the Home Office's counting rules. Dates and scopes were gathered from public sources and are to be checked by the analyst
  # against the counting rules of the year and the force's own practice: many forces changed some months before or after. Take the mark
  # off a line, or the entry out, when that is done.
  - id: principal-crime-2018
    from: 2018-04-01
    measures: [Violence and sexual offences]
    offences:
      - Violence against the person
      - Stalking and harassment
      - Stalking
      - Harassment
      - Racially or religiously aggravated harassment
      - Malicious communications
      - 8L
      - 8M
      - 8Q
      - 8R
    kind: recording change
    note: stalking and harassment counted beside the principal crime, so more is recorded
    source: Home Office Counting Rules for Recorded Crime, April 2018
    to_be_checked: true
  - id: one-crime-a-victim-2023
    from: 2023-06-01
    measures: [Violence and sexual offences, Public order]
    offences:
      - Violence against the person
      - Violence without injury
      - Stalking and harassment
      - Stalking
      - Harassment
      - Racially or religiously aggravated harassment
      - Malicious communications
      - Public order offences
      - Public fear, alarm or distress
      - Racially or religiously aggravated public fear, alarm or distress
      - 8L
      - 8M
      - 8Q
      - 8R
      - 9A
      - 9B
    kind: recording change
    note: one crime a victim's report again, and some malicious communications and public order no longer recorded, so less is
    source: Home Office Counting Rules for Recorded Crime, changes of May and June 2023
    to_be_checked: true
  - id: crime-and-policing-act-2026
    from: 2026-06-29
    measures: [Violence and sexual offences, Public order, Other crime]
    offences: [Violence against the person, Public order offences, Miscellaneous crimes against society]
    kind: recording change
    note: first provisions of the Crime and Policing Act 2026 in force, with new offences
    source: Crime and Policing Act 2026 (Royal Assent 29 April 2026)
    to_be_checked: true

  # Recording of violence rose through 2014 to 2016, after HMIC's inspections ("Crime-recording: making the victim count", November 2014).
  # It came force by force and over many months, so no national date would be right. If you know yours, take the marks off and set it:
  # - id: violence-recording-thames-valley
  #   from: 2014-11-01
  #   areas: [thames-valley]
  #   measures: [Violence and sexual offences]
  #   kind: recording change
  #   note: stricter recording of violence after the inspection of crime data integrity
  #   source: HMIC, Crime-recording, making the victim count, November 2014

"""####

  private static let prioritiesText = ####"""
# Local priorities of each Community Safety Partnership, and what recorded crime can say about them.
#
#   csp         Partnership, as in areas.yaml.
#   priorities  Most important first.
#     name      The priority in the partnership's words.
#     measures  Measures or groups that give evidence on it; [] where police.uk counts say nothing about it. Where two priorities of one
#               partnership name a measure, the first counts.
#     note      What the counts leave out.
#     id        Short identifier, for minutes; that of the name if not given.
#     owner     The one who answers for it.
#     from      Since when it is a priority, as YYYY-MM-DD.
#     review    When it is to be looked at again. A priority past its day stays one: the pack says that it is overdue.
#     status    "current" (if not given), "proposed" or "closed". Only what is current counts as a priority in the advice.
#     needs     What would say more of it: source (the figures) and holder (who has them). Without any series the advice names them.
#     pestelo   What drives it: political, economic, social, technological, environmental, legal, organisational.
#
# Source: priorities on record in Annex 2 of the Oxfordshire community safety plan; the link to measures is Horizon's own. They age:
# replace them with this year's. Licence: Open Government Licence v3.0.

partnerships:
  - csp: Cherwell
    priorities:
      - name: Anti-social behaviour
        measures: [Anti-social behaviour]
      - name: Young people
        measures: []
        note: police.uk says nothing of age
        needs:
          - {source: first-time entrants to youth justice and missing episodes by month, holder: the county council's youth justice service}
      - name: Acquisitive crime
        measures:
          - Acquisitive crime
          - Serious acquisitive crime
          - Bicycle theft
          - Burglary
          - Other theft
          - Shoplifting
          - Theft from the person
          - Vehicle crime
      - name: Night-time economy
        measures: [Public order]
        note: counts at all hours; police.uk gives no time of day
      - name: Serious violence
        measures: [Possession of weapons, Robbery, Violence and sexual offences]
        note: most violence in these counts is not serious

  - csp: Oxford City
    priorities:
      - name: Night-time economy
        measures: [Public order]
        note: counts at all hours; police.uk gives no time of day
      - name: Robbery
        measures: [Robbery]
      - name: Exploitation
        measures: []
        note: needs partners' data
        needs:
          - {source: referrals to the National Referral Mechanism and assessments of child exploitation, holder: the county council's children's services}
      - name: Sexual abuse
        measures: []
        note: police.uk does not separate sexual offences from violence
        needs:
          - {source: recorded rape and other sexual offences by month, holder: Thames Valley Police}
      - name: Hate crime
        measures: []
        note: not separated in police.uk; more reporting is wanted
        needs:
          - {source: hate crimes recorded and detected by strand and month, holder: Thames Valley Police}
      - name: Domestic abuse
        measures: []
        note: not separated in police.uk; more reporting is wanted
        needs:
          - {source: domestic abuse crimes and incidents and repeats at MARAC by month, holder: Thames Valley Police}
          - {source: victims who access services by month, holder: the county council's domestic abuse service}
      - name: Drug dealing
        measures: [Drugs]
        note: dealing and possession together; moves with police activity

  - csp: South and Vale
    priorities:
      - name: Anti-social behaviour, especially repeat victims
        measures: [Anti-social behaviour]
        note: repeat victims can only be counted from a partner extract
      - name: Violent assault
        measures: [Violence and sexual offences]
        note: holds sexual offences, and violence without injury too
      - name: Fly-tipping
        measures: []
        note: councils' data, not recorded crime
        needs:
          - {source: fly-tipping incidents and enforcement by month, holder: the two district councils}
      - name: Graffiti
        measures: [Criminal damage and arson]
        note: a small part of this type
      - name: Domestic abuse, including child victims
        measures: []
        note: not separated in police.uk; more reporting is wanted
        needs:
          - {source: domestic abuse crimes and incidents and repeats at MARAC by month, holder: Thames Valley Police}
          - {source: children known to live with domestic abuse by month, holder: the county council's children's services}
      - name: Hate crime
        measures: []
        note: not separated in police.uk; more reporting is wanted
        needs:
          - {source: hate crimes recorded and detected by strand and month, holder: Thames Valley Police}
      - name: Distraction burglary and rogue traders
        measures: [Burglary]
        note: a small part of this type

  - csp: West Oxfordshire
    priorities:
      - name: Rural crime (environmental crime, litter, graffiti, theft from isolated and rural premises)
        measures: [Burglary, Criminal damage and arson]
        note: counts of the whole district, town and country; litter and environmental crime are councils' data
      - name: Vulnerable victims
        measures: []
        note: police.uk says nothing of victims
        needs:
          - {source: repeat and vulnerable victims by month as a pseudonymised extract, holder: Thames Valley Police}
      - name: Alcohol-fuelled late-night disorder and anti-social behaviour
        measures: [Anti-social behaviour, Public order]
        note: counts at all hours, whether or not alcohol played a part

"""####

  private static let scoringProfilesText = ####"""
# Scoring profiles: how a workshop scores a risk, as impact times likelihood.
#
#   id            Short identifier, for --scoring-profile. The first profile is the default.
#   name          Name that people read.
#   version       Change it when you change the profile, so that minutes can say which they mean.
#   source        Where it comes from.
#   matrix        true draws the problems in a matrix of impact and likelihood; such a profile has one part of likelihood.
#   impact        How bad it is: a person's judgement.
#     levels      The scores a dimension may have.
#     dimensions  What is scored, each with its weight in the mean (1 if not given).
#     provisional What stands in for a person's score until a named person has given one (impact-scores.yaml): scores by harm per
#                 offence, under a set of harm-weights.yaml. A score made so is marked provisional wherever it stands.
#   likelihood    How likely it is: filled from data alone. Each part has its weight in the mean (1 if not given) and its cuts, the score
#                 from a value on. A part that cannot be scored is left out of the mean; without the forecast there is no likelihood.
#     volume      how many were recorded in the last year
#     frequency   the share of the last year's periods in which any was recorded
#     trend       last year's change for the worse on the year before, like for like: 0.2 is a fifth; 0 where chance may explain it
#     forecast    the probability of a material change for the worse over the next year
#   bands         What a score (mean impact times mean likelihood) is called.
#
# Confidence and capacity stand beside a score and are never multiplied in. No profile changes the ranking by expected change.
#
# Source: the structure of the first follows the public description of MoRiLE (Management of Risk in Law Enforcement); its licensed ladder
# is not here, and the ladder here is Horizon's own. A licensee can write theirs in its place. The second follows the 4 x 4 matrices that
# partnerships publish. Licence: that of the project.

profiles:
  - id: impact-likelihood
    name: Impact times likelihood
    version: "2026.1"
    source: Horizon's own ladder on the public structure of harm and likelihood
    impact:
      levels:
        - {value: 0, name: none}
        - {value: 1, name: minor}
        - {value: 2, name: moderate}
        - {value: 4, name: serious}
        - {value: 8, name: grave}
      dimensions:
        - {id: physical, name: Physical harm}
        - {id: psychological, name: Psychological harm}
        - {id: financial, name: Financial harm}
        - {id: community, name: Harm to the community}
        - {id: expectation, name: Public expectation}
        - {id: environment, name: Harm to the environment}
      provisional:
        weights: cchi-2026
        cuts:
          - {from: 0, level: 1}
          - {from: 5, level: 2}
          - {from: 100, level: 4}
          - {from: 300, level: 8}
    likelihood:
      - part: volume
        cuts:
          - {from: 0, level: 1}
          - {from: 60, level: 2}
          - {from: 240, level: 3}
          - {from: 960, level: 4}
      - part: frequency
        cuts:
          - {from: 0, level: 1}
          - {from: 0.25, level: 2}
          - {from: 0.5, level: 3}
          - {from: 0.9, level: 4}
      - part: trend
        cuts:
          - {from: -1, level: 1}
          - {from: -0.05, level: 2}
          - {from: 0.05, level: 3}
          - {from: 0.2, level: 4}
      - part: forecast
        cuts:
          - {from: 0, level: 1}
          - {from: 0.225, level: 2}
          - {from: 0.5, level: 3}
          - {from: 0.775, level: 4}
    bands:
      - {from: 0, name: low}
      - {from: 4, name: medium}
      - {from: 8, name: high}
      - {from: 16, name: very high}

  - id: four-by-four
    name: Four by four
    version: "2026.1"
    source: the 4 x 4 matrix of impact and likelihood that partnerships publish; the cuts are Horizon's own
    matrix: true
    impact:
      levels:
        - {value: 1, name: minor}
        - {value: 2, name: moderate}
        - {value: 3, name: serious}
        - {value: 4, name: critical}
      dimensions:
        - {id: overall, name: Impact}
      provisional:
        weights: cchi-2026
        cuts:
          - {from: 0, level: 1}
          - {from: 5, level: 2}
          - {from: 100, level: 3}
          - {from: 300, level: 4}
    likelihood:
      - part: forecast
        cuts:
          - {from: 0, level: 1}
          - {from: 0.225, level: 2}
          - {from: 0.5, level: 3}
          - {from: 0.775, level: 4}
    bands:
      - {from: 1, name: low}
      - {from: 4, name: medium}
      - {from: 8, name: high}
      - {from: 12, name: very high}

"""####

  private static let impactScoresText = ####"""
# Impact as named people have scored it. Without an entry the impact of a problem is taken from harm weights and marked provisional.
#
#   place     Partnership or area, by its name.
#   measure   A measure of measures.yaml or a group of groupings.yaml.
#   profile   A profile of scoring-profiles.yaml.
#   scorer    Who scored it: a name and an office.
#   date      When, as YYYY-MM-DD.
#   reason    Why, in one sentence.
#   impact    A score for each dimension of the profile, one of its levels.
#   capacity  What can be done about it, in the scorer's words. It is shown beside the score and is no part of it.
#
# Example:
#   scores:
#     - place: Cherwell
#       measure: Robbery
#       profile: four-by-four
#       scorer: A. Name, community safety manager
#       date: 2026-07-14
#       reason: two victims in hospital, and fear among shop workers
#       impact: {overall: 4}
#       capacity: one officer for three months
#
# The file belongs to those who fill it in; nothing in it comes with the program.

scores: []

"""####

  private static let signalsText = ####"""
# The signals register: what is over the horizon and no series shows. Rows that people bring to a workshop belong here afterwards.
#
#   id          Lower-case letters, digits and hyphens; never used again for something else.
#   name        In a few words.
#   source      Who says so.
#   date        When it was noted, YYYY-MM-DD.
#   horizon     under 1 year, 1 to 3 years, 3 to 5 years.
#   cause       political, economic, social, technological, environmental, legal, organisational.
#   likelihood  That it matters within its horizon: remote chance, highly unlikely, unlikely, realistic possibility, likely,
#               highly likely, almost certain.
#   impact      If it does: 0 none, 1 slight, 2 moderate, 4 serious, 8 severe.
#   places      Partnerships it concerns, as in areas.yaml; left out for all of them.
#   measures    Measures or groups it would move, as in measures.yaml and groupings.yaml; left out where none is known.
#   owner       Who looks after the entry.
#   review      By when it has to be looked at again, YYYY-MM-DD. After that it has expired: it is shown as such and no longer ranked.
#   note        Optional.
#
# The entries are Horizon's own examples from public sources; likelihood and impact are placeholders for the partnership's judgement.
# Replace them with your own. Licence: Open Government Licence v3.0.

signals:
  - id: local-government-reorganisation
    name: Councils become unitary in April 2028
    source: Government consultation on reorganisation in Oxfordshire
    date: 2026-06-01
    horizon: 1 to 3 years
    cause: political
    likelihood: almost certain
    impact: 2
    places: [Cherwell, Oxford City, South and Vale, West Oxfordshire]
    owner: Community safety lead of the county
    review: 2027-06-30
    note: partnerships, budgets and data change hands; figures of old and new areas need a common base

  - id: police-and-crime-commissioners-end
    name: Police and crime commissioners end in May 2028
    source: Government announcement
    date: 2026-06-01
    horizon: 1 to 3 years
    cause: political
    likelihood: highly likely
    impact: 2
    owner: Community safety lead of the county
    review: 2027-06-30
    note: grants that the commissioner gives need a successor

  - id: crime-and-policing-act-offences
    name: New offences of the Crime and Policing Act 2026 come into force
    source: Crime and Policing Act 2026
    date: 2026-06-29
    horizon: under 1 year
    cause: legal
    likelihood: highly likely
    impact: 1
    measures: [Other crime, Public order, Violence and sexual offences]
    owner: Performance analyst
    review: 2027-04-30
    note: recorded levels move without more happening; see breaks.yaml

"""####

  private static let footprintsText = ####"""
# Footprints: sets of areas that figures can be told by (--footprint), back-cast over the whole history.
#
#   id        Short name, for --footprint.
#   name      Name that people see.
#   kind      What its areas are: district, csp, or authority (a county, a unitary council).
#   from      First day; left out where it has been there for as long as there is data.
#   through   Last day; left out where none is known.
#   proposed  yes for a proposal on which no decision is known.
#   source    Where this is on record.
#   note      What a reader must know; printed on the pages.
#   areas     In reporting order:
#     name       Name of the area.
#     districts  ONS codes, as in areas.yaml, of the districts that are wholly in it.
#     lsoas      Codes of LSOAs (2011 or 2021) that are in it besides, where it cuts through districts; or the word list, where they
#                are in a list of yours: give it with --footprint-list, a CSV with a column of LSOA codes and a column area.
#
# Nothing may be in two areas of one footprint. Rows of an LSOA that a census redrew need --lookup, as for --by lsoa.
#
# Source: the areas and options are Horizon's transcription of what was consulted on. The decision is not known to us; unitary councils
# begin on 1 April 2028. Verify before printing as fact. Codes: Office for National Statistics, Open Government Licence v3.0.

footprints:
  - id: districts
    name: Districts of Oxfordshire
    kind: district
    through: 2028-03-31
    source: ONS, LAD lookup (2024)
    areas:
      - {name: Cherwell, districts: [E07000177]}
      - {name: Oxford, districts: [E07000178]}
      - {name: South Oxfordshire, districts: [E07000179]}
      - {name: Vale of White Horse, districts: [E07000180]}
      - {name: West Oxfordshire, districts: [E07000181]}

  - id: partnerships
    name: Community Safety Partnerships of Oxfordshire
    kind: csp
    through: 2028-03-31
    source: the partnerships' own; ONS lists South Oxfordshire and Vale of White Horse apart
    areas:
      - {name: Cherwell, districts: [E07000177]}
      - {name: Oxford City, districts: [E07000178]}
      - {name: South and Vale, districts: [E07000179, E07000180]}
      - {name: West Oxfordshire, districts: [E07000181]}

  - id: one-county
    name: Oxfordshire, one county
    kind: authority
    from: 2028-04-01
    proposed: yes
    source: options for local government reorganisation consulted on in Oxfordshire
    note: one of three options consulted on; the decision is not known to us; unitary from 1 April 2028
    areas:
      - {name: Oxfordshire, districts: [E07000177, E07000178, E07000179, E07000180, E07000181]}

  - id: oxford-shires-ridgeway
    name: Oxford & Shires and Ridgeway
    kind: authority
    from: 2028-04-01
    proposed: yes
    source: options for local government reorganisation consulted on in Oxfordshire
    note: one of three options consulted on; the decision is not known to us; unitary from 1 April 2028
    areas:
      - {name: Oxford & Shires, districts: [E07000177, E07000178, E07000181]}
      # With West Berkshire, of the same police force.
      - {name: Ridgeway, districts: [E07000179, E07000180, E06000037]}

  - id: three-unitary
    name: Greater Oxford, Northern and Ridgeway
    kind: authority
    from: 2028-04-01
    proposed: yes
    source: options for local government reorganisation consulted on in Oxfordshire
    note: one of three options consulted on; the decision is not known to us; unitary from 1 April 2028
    areas:
      # They cut through districts. Which LSOAs are in which is not known to us, and not guessed.
      - {name: Greater Oxford, lsoas: list}
      - {name: Northern, lsoas: list}
      - {name: Ridgeway, lsoas: list}

"""####

  private static let peerGroupsText = ####"""
# Peer groups: whom a place is compared with, in place of the other districts of its force.
#
#   name    What the group is called.
#   for     Whose peers they are: one place or a list, by name or ONS code. Left out, each of its areas is compared with the others.
#   areas   The places, by name or ONS code.
#   source  Who put them together, and when.
#
# A place has one group at most. Only places that the inputs hold can be compared, and of those whose residents are known; a group of
# fewer than four of them is not used, and said. Most-similar groups of partnerships are made by the Home Office and shown in iQuanta, for members only, so that
# none come with the program. An example:
#
#   - name: Most similar to Oxford
#     for: Oxford
#     areas: [Cambridge, Exeter, Norwich, Lincoln]
#     source: Our analyst, June 2025
#
# Licence: Horizon's own; use it as you like.

groups: []

"""####

  private static let sourcesText = ####"""
# Sources: who owns the data, who may see what is made of it, and what it can and cannot support.
#
#   id              Short identifier.
#   name            Name that people read.
#   matches         File names it comes under, with * for any characters and ? for one; letter case does not matter.
#   layouts         Kinds of input that come from it whatever their file names: "police.uk", "Home Office recorded crime", "partner incidents"
#                   or "table". File names go first.
#   owner           Who owns it.
#   sharing         "public", "partners" or "restricted". Outputs for a wider audience (--audience public, partners or internal) are refused.
#   retention       How long it may be kept.
#   cadence         How often it comes.
#   supports        What can be said from it.
#   cannot_support  What cannot.
#   licence         Its licence or sharing agreement.
# A file in no entry counts as for partners, and the pack says so. Put the extracts of your partners here.
#
# Source: the publishers' own descriptions of their data; the lists of what each supports are Horizon's own.
# Licence: Open Government Licence v3.0.
sources:
  - id: police-uk
    name: data.police.uk street-level crime
    matches: ["????-??-*-street.csv", "????-??-*-street.csv.gz"]
    layouts: [police.uk]
    owner: Home Office (data.police.uk)
    sharing: public
    retention: no limit
    cadence: monthly, about two months after the month ends
    supports:
      - monthly counts of 14 types by district, partnership and force
      - forecasts, exceptions and rankings of those counts
    cannot_support:
      - repeat or near-repeat victimisation (places are snapped, dates are months)
      - days, hours or addresses
      - dwelling burglary, or theft of and from vehicles, apart
      - outcomes, victims or suspects
    licence: Open Government Licence v3.0
  - id: home-office-prc
    name: Police recorded crime open data by Community Safety Partnership
    matches: ["prc-csp-*", "rec-crime-csp*"]
    layouts: [Home Office recorded crime]
    owner: Home Office
    sharing: public
    retention: no limit
    cadence: quarterly
    supports:
      - quarterly counts by partnership and offence group, subgroup or code
      - comparison with other partnerships
    cannot_support:
      - anything within a quarter or below a partnership
      - anti-social behaviour, which is not recorded crime
    licence: Open Government Licence v3.0
  - id: ons-lookups
    name: Lookups between small areas and districts
    matches: ["lookup_lsoa*.csv", "*LSOA*_to_*LAD*.csv", "*LSOA*_to_*LTLA*.csv"]
    owner: Office for National Statistics
    sharing: public
    retention: no limit
    cadence: yearly
    supports: [placing rows in districts by code]
    cannot_support: [counts of any kind]
    licence: Open Government Licence v3.0

"""####

  private static let coverageText = ####"""
# Coverage of the police.uk archive: force-months that it is known to lack, or to hold in part, whoever downloads it.
#
#   force     Name in police.uk file names: small letters and hyphens.
#   from      First month (YYYY-MM).
#   through   Last month; the same month where left out.
#   state     absent (no file), or partial (a file that holds part of what was recorded, or cannot be read).
#   note      What is known, in a few plain words; printed beside the months.
#   source    Where this is on record.
#   to_be_checked  true where nobody has checked yet that it still holds; every list that names it says so.
# A month that is listed here and is there after all has been filled since; that is said too. A month that is missing and not listed
# here may be there in a newer download.
#
# Units: months of the calendar. Source: files of the archive of 2014 to 2025, counted by force and month (106 of 6,480 are absent).
# Licence of the archive: Open Government Licence v3.0.

coverage:
  - force: btp
    from: 2016-02
    through: 2016-12
    state: absent
    note: no file of the British Transport Police
    source: archive of data.police.uk, files by month
    to_be_checked: true
  - force: btp
    from: 2025-02
    through: 2025-12
    state: absent
    note: no file of the British Transport Police
    source: archive of data.police.uk, files by month
    to_be_checked: true
  - force: city-of-london
    from: 2022-06
    state: absent
    note: no file of the City of London
    source: archive of data.police.uk, files by month
    to_be_checked: true
  - force: devon-and-cornwall
    from: 2022-11
    through: 2022-12
    state: absent
    note: no file of Devon and Cornwall
    source: archive of data.police.uk, files by month
    to_be_checked: true
  # A file is there and holds about half of what the Home Office counts: a file does not establish coverage.
  - force: greater-manchester
    from: 2019-01
    through: 2019-06
    state: partial
    note: the files of 2019 hold 52 % of the recorded crime that the Home Office counts
    source: archive of data.police.uk beside Home Office open data tables
    to_be_checked: true
  - force: greater-manchester
    from: 2019-07
    through: 2022-07
    state: absent
    note: no file of Greater Manchester
    source: archive of data.police.uk, files by month
    to_be_checked: true
  - force: greater-manchester
    from: 2022-08
    state: partial
    note: the file is malformed
    source: archive of data.police.uk, files by month
    to_be_checked: true
  - force: greater-manchester
    from: 2022-09
    through: 2025-12
    state: absent
    note: no file of Greater Manchester
    source: archive of data.police.uk, files by month
    to_be_checked: true
  - force: gwent
    from: 2025-09
    through: 2025-12
    state: absent
    note: no file of Gwent
    source: archive of data.police.uk, files by month
    to_be_checked: true

"""####
}

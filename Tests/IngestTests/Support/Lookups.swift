import CommunitySafety

@testable import Ingest

/// Small lookups in the manner of the ONS: LSOAs of two censuses kept (1, 7, 8), split (2), merged (3 and 4) and redrawn
/// (5 and 6), in two wards of one name among others.
enum Lookups {
  static let censuses = """
    \u{FEFF}LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHNGIND,LAD22CD,LAD22NM,ObjectId
    E01000001,Oxford 001A,E01000001,Oxford 001A,U,E07000178,Oxford,1
    E01000002,Oxford 001B,E01000012,Oxford 001C,S,E07000178,Oxford,2
    E01000002,Oxford 001B,E01000013,Oxford 001D,S,E07000178,Oxford,3
    E01000002,Oxford 001B,E01000014,Oxford 001E,S,E07000178,Oxford,4
    E01000003,Cherwell 001A,E01000034,Cherwell 001C,M,E07000177,Cherwell,5
    E01000004,Cherwell 001B,E01000034,Cherwell 001C,M,E07000177,Cherwell,6
    E01000005,South Oxfordshire 001A,E01000056,South Oxfordshire 001C,X,E07000179,South Oxfordshire,7
    E01000006,South Oxfordshire 001B,E01000056,South Oxfordshire 001C,X,E07000179,South Oxfordshire,8
    E01000006,South Oxfordshire 001B,E01000057,South Oxfordshire 001D,X,E07000179,South Oxfordshire,9
    E01000007,Vale of White Horse 001A,E01000007,Vale of White Horse 001A,U,E07000180,Vale of White Horse,10
    E01000008,Wycombe 001A,E01000008,Buckinghamshire 001A,U,E06000060,Buckinghamshire,11

    """

  static let wards = """
    "lsoa21_code","ward24_name","ward24_code","ltla24_name","ltla24_code"
    "E01000001","Carfax, and Jericho","E05000001","Oxford","E07000178"
    "E01000012","Cowley","E05000002","Oxford","E07000178"
    "E01000013","Cowley","E05000002","Oxford","E07000178"
    "E01000014","Carfax, and Jericho","E05000001","Oxford","E07000178"
    "E01000034","Abbey","E05000003","Cherwell","E07000177"
    "E01000056","Abbey","E05000004","South Oxfordshire","E07000179"
    "E01000057","Thame","E05000005","South Oxfordshire","E07000179"
    "E01000007","Wantage","E05000006","Vale of White Horse","E07000180"
    "E01000008","Marlow","E05000007","Buckinghamshire","E06000060"

    """

  static let partnerships = """
    LAD24CD,LAD24NM,CSP24CD,CSP24NM,PFA24CD,PFA24NM
    E07000179,South Oxfordshire,E22000312,South Oxfordshire,E23000029,Thames Valley
    E07000180,Vale of White Horse,E22000313,Vale of White Horse,E23000029,Thames Valley
    E09999999,Erewhon,E22999999,Erewhon and Nowhere,E23999999,Butler

    """

  static let lineage = """
    ltla18_code,ltla18_name,ltla20_code,ltla20_name,ltla24_code,ltla24_name
    E07000007,Wycombe,E06000060,Buckinghamshire,E06000060,Buckinghamshire
    E07000005,Chiltern,E06000060,Buckinghamshire,E06000060,Buckinghamshire
    E07000178,Oxford,E07000178,Oxford,E07000178,Oxford
    E08000000,Divided,E08000000,Divided,E08000001,First half
    E08000000,Divided,E08000000,Divided,E08000002,Second half

    """

  /// Writes these tables to the workspace, numbered, and returns their paths.
  static func write(_ tables: [String], to space: Workspace) throws -> [String] {
    try tables.enumerated().map { try space.write("lookup-\($0).csv", $1) }
  }

  static func geography(_ tables: [String], in space: Workspace) throws -> Geography? {
    try Geography.read(try write(tables, to: space), registry: testRegistry)?.geography
  }
}

#define POINTERHOLDER_TRANSITION 4
#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <exiv2/exiv2.hpp>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <random>

#include "intake/service.h"

/// Hidden details are put into small files that the tests make; another library (exiv2) then says that they are gone.
namespace tideline::intake {
namespace {

constexpr std::string_view hidden = "Somchai's phone at 36.85 S 174.76 E";

std::string of(std::initializer_list<int> bytes) {
    std::string text;
    for (const int byte : bytes) text.push_back(static_cast<char>(byte));
    return text;
}

/// A grey picture of 8 by 8: one quantisation table of ones, one code in each Huffman table, two bits of data.
std::string jpeg_with(const std::string& segments) {
    std::string jpeg = of({0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0}) + segments;
    jpeg += of({0xFF, 0xDB, 0, 67, 0}) + std::string(64, '\1');
    jpeg += of({0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0});
    jpeg += of({0xFF, 0xC4, 0, 20, 0x00, 1}) + std::string(15, '\0') + of({0});
    jpeg += of({0xFF, 0xC4, 0, 20, 0x10, 1}) + std::string(15, '\0') + of({0});
    return jpeg + of({0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x3F, 0xFF, 0xD9});
}

std::string jpeg_segment(int marker, std::string_view content) {
    const std::size_t length = content.size() + 2;
    return of({0xFF, marker, static_cast<int>(length >> 8), static_cast<int>(length & 255)}) + std::string(content);
}

/// The picture with place, camera, words and a comment, as exiv2 writes them.
std::string jpeg_with_exif(std::uint16_t orientation = 0) {
    const std::string plain = jpeg_with("");
    auto image =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(plain.data()), static_cast<long>(plain.size()));
    image->readMetadata();
    image->exifData()["Exif.Image.Model"] = std::string(hidden);
    if (orientation != 0) image->exifData()["Exif.Image.Orientation"] = orientation;
    image->exifData()["Exif.GPSInfo.GPSLatitudeRef"] = "S";
    image->exifData()["Exif.GPSInfo.GPSLatitude"] = "36/1 51/1 0/1";
    image->iptcData()["Iptc.Application2.Byline"] = std::string(hidden);
    image->xmpData()["Xmp.dc.creator"] = std::string(hidden);
    image->setComment(std::string(hidden));
    image->writeMetadata();
    Exiv2::BasicIo& io = image->io();
    io.open();
    std::string bytes(static_cast<std::size_t>(io.size()), '\0');
    io.read(reinterpret_cast<Exiv2::byte*>(bytes.data()), static_cast<long>(bytes.size()));
    return bytes;
}

bool has_metadata(std::string_view bytes) {
    auto image =
        Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()), static_cast<long>(bytes.size()));
    image->readMetadata();
    return !image->exifData().empty() || !image->iptcData().empty() || !image->xmpData().empty() ||
           !image->comment().empty();
}

std::string clean(std::string_view type, std::string_view bytes) {
    const auto done = without_metadata(type, bytes);
    return done ? std::string(done->expose()) : std::string("refused: ") + name_of(done.kind());
}

std::string png_chunk(std::string_view name, std::string_view content) {
    const auto number = [](unsigned long value) {
        return of({static_cast<int>(value >> 24 & 255), static_cast<int>(value >> 16 & 255),
                   static_cast<int>(value >> 8 & 255), static_cast<int>(value & 255)});
    };
    const std::string body = std::string(name) + std::string(content);
    return number(content.size()) + body +
           number(::crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
}

std::string png_with(const std::string& chunks) {
    std::array<unsigned char, 64> packed;
    uLongf size = packed.size();
    const std::string rows("\0\x80", 2);
    ::compress(packed.data(), &size, reinterpret_cast<const Bytef*>(rows.data()), rows.size());
    return std::string("\x89PNG\r\n\x1A\n", 8) + png_chunk("IHDR", of({0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0})) +
           chunks + png_chunk("IDAT", {reinterpret_cast<const char*>(packed.data()), size}) + png_chunk("IEND", "");
}

std::string webp_chunk(std::string_view name, std::string_view content) {
    const auto size = static_cast<int>(content.size());
    std::string chunk = std::string(name) + of({size & 255, size >> 8, 0, 0}) + std::string(content);
    if (chunk.size() % 2 == 1) chunk.push_back('\0');
    return chunk;
}

std::string webp_with(const std::string& chunks, int flags) {
    const std::string body = "WEBP" + webp_chunk("VP8X", of({flags, 0, 0, 0, 0, 0, 0, 0, 0, 0})) +
                             webp_chunk("VP8L", of({0x2F, 0, 0, 0, 0x10, 7, 0x10, 0x11, 0x11, 0x88, 0x88, 8, 8})) +
                             chunks;
    const auto size = static_cast<int>(body.size());
    return "RIFF" + of({size & 255, size >> 8, 0, 0}) + body;
}

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string zip_of(const Parts& parts) {
    std::string out;
    archive* writing = archive_write_new();
    archive_write_set_format_zip(writing);
    archive_write_set_bytes_in_last_block(writing, 1);
    archive_write_open2(
        writing, &out, nullptr,
        [](archive*, void* to, const void* bytes, size_t size) {
            static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
            return static_cast<la_ssize_t>(size);
        },
        nullptr, nullptr);
    for (const auto& [name, content] : parts) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_write_header(writing, entry);
        archive_write_data(writing, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_close(writing);
    archive_write_free(writing);
    return out;
}

Parts unzip(const std::string& bytes) {
    Parts parts;
    archive* reading = archive_read_new();
    archive_read_support_format_zip(reading);
    archive_read_open_memory(reading, bytes.data(), bytes.size());
    archive_entry* entry = nullptr;
    while (archive_read_next_header(reading, &entry) == ARCHIVE_OK) {
        std::string content;
        std::array<char, 4096> buffer;
        for (la_ssize_t got; (got = archive_read_data(reading, buffer.data(), buffer.size())) > 0;)
            content.append(buffer.data(), static_cast<std::size_t>(got));
        parts.emplace_back(archive_entry_pathname(entry), content);
    }
    archive_read_free(reading);
    return parts;
}

Parts word_parts() {
    return {{"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
            {"_rels/.rels", "<Relationships/>"},
            {"word/document.xml", "<w:document>What happened.</w:document>"},
            {"docProps/core.xml",
             "<cp:coreProperties><dc:creator>" + std::string(hidden) + "</dc:creator></cp:coreProperties>"},
            {"docProps/app.xml", "<Properties><Company>" + std::string(hidden) + "</Company></Properties>"},
            {"docProps/thumbnail.jpeg", jpeg_with_exif()},
            {"word/media/写真.jpeg", jpeg_with_exif()}};
}
constexpr std::string_view word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

TEST(metadata, a_jpeg_loses_place_camera_words_and_comment_and_keeps_its_picture) {
    const std::string given = jpeg_with_exif();
    ASSERT_TRUE(has_metadata(given));
    ASSERT_EQ(detect_type({reinterpret_cast<const unsigned char*>(given.data()), given.size()}), "image/jpeg");
    const std::string bare = clean("image/jpeg", given);
    EXPECT_FALSE(has_metadata(bare));
    EXPECT_EQ(bare.find(hidden), std::string::npos);
    EXPECT_EQ(bare, jpeg_with("")) << "nothing of the picture itself was touched";
}

TEST(metadata, a_jpeg_stays_turned_as_the_phone_was_held) {
    for (std::uint16_t orientation = 1; orientation <= 9; ++orientation) {
        const std::string bare = clean("image/jpeg", jpeg_with_exif(orientation));
        EXPECT_EQ(bare.find(hidden), std::string::npos);
        auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bare.data()),
                                               static_cast<long>(bare.size()));
        image->readMetadata();
        const bool is_turned = orientation >= 2 && orientation <= 8;
        ASSERT_EQ(image->exifData().count(), is_turned ? 1 : 0);
        if (is_turned) {
            EXPECT_EQ(image->exifData()["Exif.Image.Orientation"].toLong(), orientation);
        }
        EXPECT_EQ(clean("image/jpeg", bare), bare);
    }
    // As the other half of cameras writes it: little-endian. Directories that lie elsewhere or nowhere say nothing.
    const auto exif = [](std::string_view tiff) {
        return jpeg_with(jpeg_segment(0xE1, std::string("Exif\0\0", 6) + std::string(tiff)));
    };
    const std::string little =
        of({'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0});
    EXPECT_NE(clean("image/jpeg", exif(little)), jpeg_with(""));
    for (std::size_t size = 0; size < 20; ++size)
        EXPECT_EQ(clean("image/jpeg", exif(little.substr(0, size))), jpeg_with("")) << size;
    for (const int offset : {0, 9, 24, 25, 26, 255}) {
        std::string moved = little;
        moved[4] = static_cast<char>(offset);
        moved[7] = offset == 255 ? '\x7F' : '\0';
        EXPECT_EQ(clean("image/jpeg", exif(moved)), jpeg_with("")) << offset;
    }
}

TEST(metadata, a_jpeg_loses_what_makers_put_into_segments_of_their_own_and_behind_the_picture) {
    std::string all = jpeg_segment(0xFE, hidden);
    for (int marker = 0xE1; marker <= 0xEF; ++marker) all += jpeg_segment(marker, hidden);
    EXPECT_EQ(clean("image/jpeg", jpeg_with(all)), jpeg_with(""));
    EXPECT_EQ(clean("image/jpeg", jpeg_with("") + std::string(hidden)), jpeg_with("")) << "films behind the picture";
    const std::string colours =
        jpeg_segment(0xE2, std::string("ICC_PROFILE\0", 12) + "profile") + jpeg_segment(0xEE, "Adobe colours");
    EXPECT_EQ(clean("image/jpeg", jpeg_with(colours)), jpeg_with(colours)) << "colours stay right";
}

TEST(metadata, a_jpeg_that_was_cut_anywhere_is_called_damaged) {
    const std::string whole = jpeg_with(jpeg_segment(0xE1, hidden));
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(clean("image/jpeg", whole.substr(0, size)), "refused: corrupt") << size;
}

TEST(metadata, a_png_loses_every_text_time_and_private_chunk) {
    const std::string given =
        png_with(png_chunk("tEXt", std::string("Author\0", 7) + std::string(hidden)) + png_chunk("iTXt", hidden) +
                 png_chunk("zTXt", hidden) + png_chunk("eXIf", hidden) + png_chunk("tIME", "1234567") +
                 png_chunk("prVt", hidden) + png_chunk("gAMA", of({0, 0, 177, 143})));
    EXPECT_EQ(clean("image/png", given), png_with(png_chunk("gAMA", of({0, 0, 177, 143}))));
    EXPECT_EQ(clean("image/png", png_with("") + std::string(hidden)), png_with(""));
    for (std::size_t size = 0; size < given.size(); ++size)
        EXPECT_EQ(clean("image/png", given.substr(0, size)), "refused: corrupt") << size;
    EXPECT_EQ(clean("image/png", png_with("").replace(8, 4, "\xFF\xFF\xFF\xFF")), "refused: corrupt")
        << "a length beyond the end";
}

TEST(metadata, a_webp_loses_exif_xmp_and_unknown_chunks_and_no_longer_says_that_it_has_them) {
    const std::string given =
        webp_with(webp_chunk("EXIF", hidden) + webp_chunk("XMP ", hidden) + webp_chunk("mine", hidden), 0x2C);
    EXPECT_EQ(clean("image/webp", given), webp_with("", 0x20));
    for (std::size_t size = 0; size < given.size(); ++size)
        EXPECT_EQ(clean("image/webp", given.substr(0, size)), "refused: corrupt") << size;
}

TEST(metadata, a_pdf_loses_its_document_information_and_xmp) {
    QPDF pdf;
    pdf.emptyPDF();
    pdf.getTrailer().replaceKey(
        "/Info", pdf.makeIndirectObject(QPDFObjectHandle::parse("<< /Author (" + std::string("hidden author") +
                                                                ") /Title (hidden title) >>")));
    pdf.getRoot().replaceKey("/Metadata", QPDFObjectHandle::newStream(&pdf, "<x:xmpmeta>hidden xmp</x:xmpmeta>"));
    QPDFPageDocumentHelper(pdf).addPage(
        QPDFPageObjectHelper(QPDFObjectHandle::parse(
            "<< /Type /Page /MediaBox [0 0 100 100] /PieceInfo << /App << /Private (hidden piece) >> >> >>")),
        true);
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setStreamDataMode(qpdf_s_uncompress);
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.write();
    const std::unique_ptr<Buffer> buffer(writer.getBuffer());
    const std::string given(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    ASSERT_NE(given.find("hidden author"), std::string::npos);
    ASSERT_NE(given.find("hidden xmp"), std::string::npos);

    const std::string bare = clean("application/pdf", given);
    QPDF again;
    again.processMemoryFile("bare", bare.data(), bare.size());
    EXPECT_FALSE(again.getTrailer().hasKey("/Info"));
    EXPECT_FALSE(again.getRoot().hasKey("/Metadata"));
    ASSERT_EQ(QPDFPageDocumentHelper(again).getAllPages().size(), 1u);
    EXPECT_FALSE(QPDFPageDocumentHelper(again).getAllPages().front().getObjectHandle().hasKey("/PieceInfo"));
    EXPECT_EQ(bare.find("hidden"), std::string::npos);
    EXPECT_EQ(clean("application/pdf", "%PDF-1.7 and then nothing"), "refused: corrupt");
}

TEST(metadata, a_word_document_loses_author_company_thumbnail_and_the_details_of_its_pictures) {
    const std::string given = zip_of(word_parts());
    EXPECT_EQ(detect_type({reinterpret_cast<const unsigned char*>(given.data()), given.size()}), word);
    const Parts parts = unzip(clean(word, given));
    ASSERT_EQ(parts.size(), word_parts().size() - 1) << "all parts but the thumbnail";
    for (const auto& [name, content] : parts) EXPECT_EQ(content.find(hidden), std::string::npos) << name;
    EXPECT_EQ(parts[2].second, word_parts()[2].second) << "what was written stays";
    EXPECT_EQ(parts.back().first, "word/media/写真.jpeg");
    EXPECT_EQ(parts.back().second, jpeg_with(""));
    EXPECT_EQ(clean(word, "no zip"), "refused: corrupt");
    EXPECT_EQ(clean(word, given.substr(0, given.size() / 3)), "refused: corrupt");
}

TEST(metadata, a_document_that_unpacks_to_no_end_is_refused) {
    const std::string zeros(70u * 1024 * 1024, '\0');
    const Parts bomb{{"[Content_Types].xml", "<Types/>"},
                     {"word/a.xml", zeros},
                     {"word/b.xml", zeros},
                     {"word/c.xml", zeros},
                     {"word/d.xml", zeros}};
    const std::string packed = zip_of(bomb);
    ASSERT_LT(packed.size(), 1'000'000u);
    EXPECT_EQ(clean(word, packed), "refused: unavailable");
}

TEST(metadata, other_kinds_of_file_are_not_called_clean) {
    for (const char* type :
         {"video/mp4", "application/octet-stream", "image/heic", "application/msword", "text/html", ""})
        EXPECT_EQ(clean(type, "bytes"), "refused: unavailable") << type;
}

TEST(metadata, damaged_bytes_are_never_followed_out_of_bounds) {
    std::mt19937 random(1);
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = round % 3 == 0   ? jpeg_with_exif()
                            : round % 3 == 1 ? png_with(png_chunk("tEXt", hidden))
                                             : webp_with(webp_chunk("EXIF", hidden), 0x28);
        for (int i = 0; i < 4; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
        (void)clean(round % 3 == 0 ? "image/jpeg" : round % 3 == 1 ? "image/png" : "image/webp", bytes);
    }
}

}  // namespace
}  // namespace tideline::intake

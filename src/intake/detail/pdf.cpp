// Built as C++17 (src/CMakeLists.txt): qpdf 11's headers hold a vector of an incomplete type, which C++20 refuses.
#define POINTERHOLDER_TRANSITION 4
#include "intake/detail/pdf.h"

#include <exception>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace tideline::intake::detail {

bool bare_pdf(std::string_view bytes, void (*append)(void* to, const unsigned char* data, std::size_t size), void* to) {
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("file", bytes.data(), bytes.size());
        pdf.getTrailer().removeKey("/Info");
        for (QPDFObjectHandle object : pdf.getAllObjects()) {
            QPDFObjectHandle fields = object.isStream() ? object.getDict() : object;
            if (!fields.isDictionary()) continue;
            fields.removeKey("/Metadata");
            fields.removeKey("/PieceInfo");  // what applications keep for themselves
        }
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setStaticID(true);
        writer.setPreserveEncryption(false);
        writer.write();
        const std::unique_ptr<Buffer> buffer(writer.getBuffer());
        append(to, buffer->getBuffer(), buffer->getSize());
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace tideline::intake::detail
